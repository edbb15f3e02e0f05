package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.task.TaskStatistics;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a parent and a child say to each other. Runs and requests are numbered by who begins them,
 * tasks and curves by the child; a number is not used again on the same channel.
 */
sealed interface Message {

  /** From the parent. */
  sealed interface ToChild extends Message {}

  /** From the child. */
  sealed interface ToParent extends Message {}

  /** Watch a stream. Its rule of addresses stays behind: the child asks, see {@link Ask}. */
  record Start(int run, StreamSpec stream, List<String> folds) implements ToChild {}

  /** Watch the stream of a run more or less closely from now on. */
  record Watch(int run, Watching watching) implements ToChild {}

  /** Stop a run, and close what it has open; {@link Ended} answers. */
  record Stop(int run) implements ToChild {}

  /** Send a clip of what a task keeps; {@link ClipPart} and {@link ClipEnd} answer. */
  record Clip(int request, int task, long fromMicros, long toMicros) implements ToChild {}

  /** Send the latest requests that a task made; {@link Exchanges} answers. */
  record Requests(int request, int task) implements ToChild {}

  /**
   * The answer to {@link Ask}.
   *
   * @param refusal why not; empty: it is allowed
   */
  record Answer(int request, Optional<String> refusal) implements ToChild {}

  /** The child lives; sent every so often. */
  record Beat() implements ToParent {}

  /** A task is about to begin. */
  record TaskBegins(int task, int run, @Nullable String rendition, Point point)
      implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#configured}. */
  record Configured(int task, MediaInfo info) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#recording}. */
  record Records(int task) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#requests}. */
  record KeepsRequests(int task) implements ToParent {}

  /** Names a metric of a track, so that its values are short. */
  record Curve(int curve, String track, String metric) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#metric}. */
  record Metric(int task, int curve, long ptsMicros, double value) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#observed}. */
  record TaskObserved(int task, Observation observation) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#still}. */
  record Still(int task, long ptsMicros, byte[] jpeg) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#unavailable}. */
  record Unavailable(int task, String reason) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#shedding}. */
  record Shedding(int task, int stride, double behindSeconds, long skippedFrames)
      implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#decoding}. */
  record Decodes(int task, Decoding decoding, String why) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#processorTime}. */
  record ProcessorTime(int task, long nanos) implements ToParent {}

  /** See {@link io.aircheck.core.task.TaskProbe#ended}. */
  record TaskEnded(int task, TaskStatistics statistics, Optional<Failure> failure)
      implements ToParent {}

  /** A {@link MediaException}, as far as it is of use elsewhere. */
  record Failure(MediaException.Reason reason, String message) {}

  /** What the listener of the deployment is told. */
  record Observed(int run, StreamObservation observation) implements ToParent {}

  /**
   * A run is over.
   *
   * @param fault what stopped it that should not have; empty: nothing did
   */
  record Ended(int run, Optional<String> fault) implements ToParent {}

  /** The next bytes of a clip. */
  record ClipPart(int request, byte[] bytes) implements ToParent {}

  /**
   * A clip is complete.
   *
   * @param written whether there was anything to send
   * @param problem why it could not be made; empty: it could
   */
  record ClipEnd(int request, boolean written, Optional<String> problem) implements ToParent {}

  /** What a task asked for and was answered, oldest first. */
  record Exchanges(int request, List<RequestLog.Exchange> latest) implements ToParent {}

  /**
   * May a run connect to an address?
   *
   * @param reference whether it is for the reference, rather than for the stream itself
   */
  record Ask(int request, int run, boolean reference, String uri) implements ToParent {}
}
