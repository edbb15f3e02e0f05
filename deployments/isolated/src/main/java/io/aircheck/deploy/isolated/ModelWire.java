package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.RequestLog.Exchange;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.task.TaskStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Types of the core as bytes, each field in the order of its record. */
final class ModelWire {
  private static final int OPENED = 0;
  private static final int UPDATED = 1;
  private static final int CLOSED = 2;
  private static final int FINGERPRINTED = 3;

  private ModelWire() {}

  static void stream(DataOutput out, StreamSpec stream) throws IOException {
    Wire.text(out, stream.id());
    source(out, stream.source());
    Wire.optional(out, stream.reference(), ModelWire::source);
    Wire.list(out, stream.renditions(), Wire::text);
    Wire.list(out, stream.detectors(), ModelWire::detector);
    out.writeBoolean(stream.live());
    watching(out, stream.watching());
  }

  static StreamSpec stream(DataInput in) throws IOException {
    return new StreamSpec(
        Wire.text(in),
        source(in),
        Wire.optional(in, ModelWire::source),
        Wire.list(in, Wire::text),
        Wire.list(in, ModelWire::detector),
        in.readBoolean(),
        watching(in));
  }

  static void watching(DataOutput out, Watching watching) throws IOException {
    out.writeBoolean(watching.light());
    out.writeLong(watching.calm().toMillis());
  }

  static Watching watching(DataInput in) throws IOException {
    return new Watching(in.readBoolean(), Duration.ofMillis(in.readLong()));
  }

  private static void detector(DataOutput out, DetectorChoice choice) throws IOException {
    Wire.text(out, choice.kind());
    Wire.map(out, choice.options(), DataOutput::writeDouble);
    out.writeBoolean(choice.silent());
  }

  private static DetectorChoice detector(DataInput in) throws IOException {
    return new DetectorChoice(Wire.text(in), Wire.map(in, DataInput::readDouble), in.readBoolean());
  }

  /** Without its rule of addresses, which is code: who reads it puts another in its place. */
  private static void source(DataOutput out, SourceRequest source) throws IOException {
    Wire.text(out, source.uri());
    Wire.optional(out, source.rendition(), Wire::text);
    Wire.optional(out, source.resumeFrom(), Wire::text);
    out.writeLong(source.originMicros());
    out.writeLong(source.readTimeout().toMillis());
    Wire.map(out, source.decryptionKeys(), Wire::text);
    Wire.map(out, source.headers(), Wire::text);
    out.writeLong(source.recorded().toMillis());
  }

  private static SourceRequest source(DataInput in) throws IOException {
    return new SourceRequest(
        Wire.text(in),
        Wire.optional(in, Wire::text),
        Wire.optional(in, Wire::text),
        in.readLong(),
        Duration.ofMillis(in.readLong()),
        Wire.map(in, Wire::text),
        Wire.map(in, Wire::text),
        Duration.ofMillis(in.readLong()),
        AddressRule.ANY);
  }

  static void info(DataOutput out, MediaInfo info) throws IOException {
    Wire.text(out, info.uri());
    Wire.text(out, info.container());
    out.writeBoolean(info.durationMicros().isPresent());
    out.writeLong(info.durationMicros().orElse(0));
    out.writeBoolean(info.live());
    Wire.optional(out, info.rendition(), Wire::text);
    out.writeLong(info.bandwidth().orElse(0));
    Wire.list(out, info.tracks(), ModelWire::track);
  }

  static MediaInfo info(DataInput in) throws IOException {
    String uri = Wire.text(in);
    String container = Wire.text(in);
    boolean timed = in.readBoolean();
    long micros = in.readLong();
    return new MediaInfo(
        uri,
        container,
        timed ? OptionalLong.of(micros) : OptionalLong.empty(),
        in.readBoolean(),
        Wire.optional(in, Wire::text),
        positive(in.readLong()),
        Wire.list(in, ModelWire::track));
  }

  private static OptionalLong positive(long value) {
    return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private static void track(DataOutput out, Track track) throws IOException {
    Wire.text(out, track.id());
    Wire.word(out, track.type());
    Wire.text(out, track.codec());
    out.writeInt(track.width());
    out.writeInt(track.height());
    out.writeDouble(track.frameRate());
    out.writeInt(track.sampleRate());
    Wire.list(out, track.channelLayout().roles(), Wire::word);
    Wire.optional(out, Optional.ofNullable(track.language()), Wire::text);
  }

  private static Track track(DataInput in) throws IOException {
    return new Track(
        Wire.text(in),
        Wire.word(in, TrackType.class),
        Wire.text(in),
        in.readInt(),
        in.readInt(),
        in.readDouble(),
        in.readInt(),
        new ChannelLayout(Wire.list(in, from -> Wire.word(from, ChannelRole.class))),
        Wire.optional(in, Wire::text).orElse(null));
  }

  static void observed(DataOutput out, StreamObservation observed) throws IOException {
    Wire.text(out, observed.stream());
    Wire.optional(out, Optional.ofNullable(observed.rendition()), Wire::text);
    Wire.word(out, observed.point());
    out.writeLong(observed.wallClockMillis());
    observation(out, observed.observation());
  }

  static StreamObservation observed(DataInput in) throws IOException {
    return new StreamObservation(
        Wire.text(in),
        Wire.optional(in, Wire::text).orElse(null),
        Wire.word(in, Point.class),
        in.readLong(),
        observation(in));
  }

  static void observation(DataOutput out, Observation observation) throws IOException {
    switch (observation) {
      case Observation.Opened opened -> finding(out, OPENED, opened.finding());
      case Observation.Updated updated -> finding(out, UPDATED, updated.finding());
      case Observation.Closed closed -> finding(out, CLOSED, closed.finding());
      case Observation.Fingerprinted print -> fingerprint(out, print.fingerprint());
    }
  }

  static Observation observation(DataInput in) throws IOException {
    int sort = in.readUnsignedByte();
    return switch (sort) {
      case OPENED -> new Observation.Opened(finding(in));
      case UPDATED -> new Observation.Updated(finding(in));
      case CLOSED -> new Observation.Closed(finding(in));
      case FINGERPRINTED -> new Observation.Fingerprinted(fingerprint(in));
      default -> throw new IOException("there is no observation of sort " + sort);
    };
  }

  private static void finding(DataOutput out, int sort, Finding finding) throws IOException {
    out.writeByte(sort);
    Wire.text(out, finding.id());
    Wire.text(out, finding.kind());
    out.writeLong(finding.startMicros());
    out.writeLong(finding.endMicros());
    Wire.word(out, finding.severity());
    out.writeDouble(finding.confidence());
    Wire.optional(out, Optional.ofNullable(finding.track()), Wire::text);
    Wire.optional(out, Optional.ofNullable(finding.rendition()), Wire::text);
    Wire.map(out, finding.measurements(), DataOutput::writeDouble);
    Wire.text(out, finding.message());
    out.writeBoolean(finding.expected());
  }

  private static Finding finding(DataInput in) throws IOException {
    return new Finding(
        Wire.text(in),
        Wire.text(in),
        in.readLong(),
        in.readLong(),
        Wire.word(in, Severity.class),
        in.readDouble(),
        Wire.optional(in, Wire::text).orElse(null),
        Wire.optional(in, Wire::text).orElse(null),
        Wire.map(in, DataInput::readDouble),
        Wire.text(in),
        in.readBoolean());
  }

  private static void fingerprint(DataOutput out, Fingerprint print) throws IOException {
    out.writeByte(FINGERPRINTED);
    Wire.text(out, print.track());
    Wire.text(out, print.scheme());
    out.writeLong(print.ptsMicros());
    out.writeLong(print.stepMicros());
    out.writeLong(print.scope().sequence());
    out.writeLong(print.scope().offsetMicros());
    out.writeLong(print.scope().periodMicros());
    out.writeInt(print.values().length);
    for (float value : print.values()) {
      out.writeFloat(value);
    }
  }

  private static Fingerprint fingerprint(DataInput in) throws IOException {
    String track = Wire.text(in);
    String scheme = Wire.text(in);
    long ptsMicros = in.readLong();
    long stepMicros = in.readLong();
    TimestampScope scope = new TimestampScope(in.readLong(), in.readLong(), in.readLong());
    int count = in.readInt();
    if (count < 0 || count > MessageChannel.MAX_MESSAGE) {
      throw new IOException("a signature holds " + count + " values");
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return new Fingerprint(track, scheme, ptsMicros, stepMicros, scope, values);
  }

  static void exchange(DataOutput out, Exchange exchange) throws IOException {
    out.writeLong(exchange.atMillis());
    Wire.text(out, exchange.uri());
    out.writeInt(exchange.status());
    out.writeLong(exchange.tookMillis());
    Wire.map(out, exchange.headers(), Wire::text);
    Wire.optional(out, exchange.failure(), Wire::text);
    Wire.optional(out, exchange.playlist(), Wire::text);
  }

  static Exchange exchange(DataInput in) throws IOException {
    return new Exchange(
        in.readLong(),
        Wire.text(in),
        in.readInt(),
        in.readLong(),
        Wire.map(in, Wire::text),
        Wire.optional(in, Wire::text),
        Wire.optional(in, Wire::text));
  }

  static void statistics(DataOutput out, TaskStatistics statistics) throws IOException {
    out.writeLong(statistics.videoFrames());
    out.writeLong(statistics.audioMicros());
    out.writeLong(statistics.skippedFrames());
    out.writeLong(statistics.reconnects());
    out.writeLong(statistics.mediaMicros());
    Wire.map(out, statistics.detectorFailures(), Wire::text);
  }

  static TaskStatistics statistics(DataInput in) throws IOException {
    return new TaskStatistics(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        Wire.map(in, Wire::text));
  }
}
