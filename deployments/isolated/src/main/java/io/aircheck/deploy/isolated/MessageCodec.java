package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaException;
import io.aircheck.deploy.isolated.Message.Answer;
import io.aircheck.deploy.isolated.Message.Ask;
import io.aircheck.deploy.isolated.Message.Beat;
import io.aircheck.deploy.isolated.Message.Clip;
import io.aircheck.deploy.isolated.Message.ClipEnd;
import io.aircheck.deploy.isolated.Message.ClipPart;
import io.aircheck.deploy.isolated.Message.Configured;
import io.aircheck.deploy.isolated.Message.Curve;
import io.aircheck.deploy.isolated.Message.Decodes;
import io.aircheck.deploy.isolated.Message.Ended;
import io.aircheck.deploy.isolated.Message.Exchanges;
import io.aircheck.deploy.isolated.Message.Failure;
import io.aircheck.deploy.isolated.Message.KeepsRequests;
import io.aircheck.deploy.isolated.Message.Metric;
import io.aircheck.deploy.isolated.Message.Observed;
import io.aircheck.deploy.isolated.Message.ProcessorTime;
import io.aircheck.deploy.isolated.Message.Records;
import io.aircheck.deploy.isolated.Message.Requests;
import io.aircheck.deploy.isolated.Message.Shedding;
import io.aircheck.deploy.isolated.Message.Start;
import io.aircheck.deploy.isolated.Message.Still;
import io.aircheck.deploy.isolated.Message.Stop;
import io.aircheck.deploy.isolated.Message.TaskBegins;
import io.aircheck.deploy.isolated.Message.TaskEnded;
import io.aircheck.deploy.isolated.Message.TaskObserved;
import io.aircheck.deploy.isolated.Message.Unavailable;
import io.aircheck.deploy.isolated.Message.Watch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** Messages as bytes: one that says which it is, then the fields in the order of the record. */
final class MessageCodec {
  private static final int START = 1;
  private static final int STOP = 2;
  private static final int CLIP = 3;
  private static final int ANSWER = 4;
  private static final int REQUESTS = 5;
  private static final int WATCH = 6;
  private static final int BEAT = 10;
  private static final int TASK_BEGINS = 11;
  private static final int CONFIGURED = 12;
  private static final int RECORDS = 13;
  private static final int CURVE = 14;
  private static final int METRIC = 15;
  private static final int TASK_OBSERVED = 16;
  private static final int STILL = 17;
  private static final int UNAVAILABLE = 18;
  private static final int SHEDDING = 19;
  private static final int TASK_ENDED = 20;
  private static final int OBSERVED = 21;
  private static final int ENDED = 22;
  private static final int CLIP_PART = 23;
  private static final int CLIP_END = 24;
  private static final int ASK = 25;
  private static final int KEEPS_REQUESTS = 26;
  private static final int EXCHANGES = 27;
  private static final int DECODES = 28;
  private static final int PROCESSOR_TIME = 29;

  private MessageCodec() {}

  static void write(DataOutput out, Message message) throws IOException {
    switch (message) {
      case Start start -> {
        head(out, START, start.run());
        ModelWire.stream(out, start.stream());
        Wire.list(out, start.folds(), Wire::text);
      }
      case Watch watch -> {
        head(out, WATCH, watch.run());
        ModelWire.watching(out, watch.watching());
      }
      case Stop stop -> head(out, STOP, stop.run());
      case Clip clip -> {
        head(out, CLIP, clip.request());
        out.writeInt(clip.task());
        out.writeLong(clip.fromMicros());
        out.writeLong(clip.toMicros());
      }
      case Answer answer -> {
        head(out, ANSWER, answer.request());
        Wire.optional(out, answer.refusal(), Wire::text);
      }
      case Requests requests -> {
        head(out, REQUESTS, requests.request());
        out.writeInt(requests.task());
      }
      case Beat beat -> out.writeByte(BEAT);
      case TaskBegins begins -> {
        head(out, TASK_BEGINS, begins.task());
        out.writeInt(begins.run());
        Wire.optional(out, Optional.ofNullable(begins.rendition()), Wire::text);
        Wire.word(out, begins.point());
      }
      case Configured configured -> {
        head(out, CONFIGURED, configured.task());
        ModelWire.info(out, configured.info());
      }
      case Records records -> head(out, RECORDS, records.task());
      case KeepsRequests requests -> head(out, KEEPS_REQUESTS, requests.task());
      case Exchanges exchanges -> {
        head(out, EXCHANGES, exchanges.request());
        Wire.list(out, exchanges.latest(), ModelWire::exchange);
      }
      case Curve curve -> {
        head(out, CURVE, curve.curve());
        Wire.text(out, curve.track());
        Wire.text(out, curve.metric());
      }
      case Metric metric -> {
        head(out, METRIC, metric.task());
        out.writeInt(metric.curve());
        out.writeLong(metric.ptsMicros());
        out.writeDouble(metric.value());
      }
      case TaskObserved observed -> {
        head(out, TASK_OBSERVED, observed.task());
        ModelWire.observation(out, observed.observation());
      }
      case Still still -> {
        head(out, STILL, still.task());
        out.writeLong(still.ptsMicros());
        Wire.bytes(out, still.jpeg());
      }
      case Unavailable unavailable -> {
        head(out, UNAVAILABLE, unavailable.task());
        Wire.text(out, unavailable.reason());
      }
      case Shedding shedding -> {
        head(out, SHEDDING, shedding.task());
        out.writeInt(shedding.stride());
        out.writeDouble(shedding.behindSeconds());
        out.writeLong(shedding.skippedFrames());
      }
      case Decodes decodes -> {
        head(out, DECODES, decodes.task());
        Wire.word(out, decodes.decoding());
        Wire.text(out, decodes.why());
      }
      case ProcessorTime time -> {
        head(out, PROCESSOR_TIME, time.task());
        out.writeLong(time.nanos());
      }
      case TaskEnded ended -> {
        head(out, TASK_ENDED, ended.task());
        ModelWire.statistics(out, ended.statistics());
        Wire.optional(out, ended.failure(), MessageCodec::failure);
      }
      case Observed observed -> {
        head(out, OBSERVED, observed.run());
        ModelWire.observed(out, observed.observation());
      }
      case Ended ended -> {
        head(out, ENDED, ended.run());
        Wire.optional(out, ended.fault(), Wire::text);
      }
      case ClipPart part -> {
        head(out, CLIP_PART, part.request());
        Wire.bytes(out, part.bytes());
      }
      case ClipEnd end -> {
        head(out, CLIP_END, end.request());
        out.writeBoolean(end.written());
        Wire.optional(out, end.problem(), Wire::text);
      }
      case Ask ask -> {
        head(out, ASK, ask.request());
        out.writeInt(ask.run());
        out.writeBoolean(ask.reference());
        Wire.text(out, ask.uri());
      }
    }
  }

  private static void head(DataOutput out, int sort, int number) throws IOException {
    out.writeByte(sort);
    out.writeInt(number);
  }

  private static void failure(DataOutput out, Failure failure) throws IOException {
    Wire.word(out, failure.reason());
    Wire.text(out, failure.message());
  }

  private static Failure failure(DataInput in) throws IOException {
    return new Failure(Wire.word(in, MediaException.Reason.class), Wire.text(in));
  }

  /**
   * @throws IOException when the bytes are no message
   */
  static Message read(DataInput in) throws IOException {
    int sort = in.readUnsignedByte();
    if (sort == BEAT) {
      return new Beat();
    }
    int number = in.readInt();
    return switch (sort) {
      case START -> new Start(number, ModelWire.stream(in), Wire.list(in, Wire::text));
      case WATCH -> new Watch(number, ModelWire.watching(in));
      case STOP -> new Stop(number);
      case CLIP -> new Clip(number, in.readInt(), in.readLong(), in.readLong());
      case ANSWER -> new Answer(number, Wire.optional(in, Wire::text));
      case REQUESTS -> new Requests(number, in.readInt());
      case TASK_BEGINS ->
          new TaskBegins(
              number,
              in.readInt(),
              Wire.optional(in, Wire::text).orElse(null),
              Wire.word(in, Point.class));
      case CONFIGURED -> new Configured(number, ModelWire.info(in));
      case RECORDS -> new Records(number);
      case KEEPS_REQUESTS -> new KeepsRequests(number);
      case EXCHANGES -> new Exchanges(number, Wire.list(in, ModelWire::exchange));
      case CURVE -> new Curve(number, Wire.text(in), Wire.text(in));
      case METRIC -> new Metric(number, in.readInt(), in.readLong(), in.readDouble());
      case TASK_OBSERVED -> new TaskObserved(number, ModelWire.observation(in));
      case STILL -> new Still(number, in.readLong(), Wire.bytes(in));
      case UNAVAILABLE -> new Unavailable(number, Wire.text(in));
      case SHEDDING -> new Shedding(number, in.readInt(), in.readDouble(), in.readLong());
      case DECODES -> new Decodes(number, Wire.word(in, Decoding.class), Wire.text(in));
      case PROCESSOR_TIME -> new ProcessorTime(number, in.readLong());
      case TASK_ENDED ->
          new TaskEnded(number, ModelWire.statistics(in), Wire.optional(in, MessageCodec::failure));
      case OBSERVED -> new Observed(number, ModelWire.observed(in));
      case ENDED -> new Ended(number, Wire.optional(in, Wire::text));
      case CLIP_PART -> new ClipPart(number, Wire.bytes(in));
      case CLIP_END -> new ClipEnd(number, in.readBoolean(), Wire.optional(in, Wire::text));
      case ASK -> new Ask(number, in.readInt(), in.readBoolean(), Wire.text(in));
      default -> throw new IOException("there is no message of sort " + sort);
    };
  }
}
