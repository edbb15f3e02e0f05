package io.aircheck.deploy.serverless;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a segment to a detector by the task that runs detectors everywhere; what it knows is in the
 * bucket between two segments. Thread-safe.
 */
final class Examiner {
  /**
   * How many segments a detector may have missed and still go on from what it knew: after more it
   * begins anew.
   */
  private static final int MOST_MISSED = 2;

  private final DetectorCatalog catalog;
  private final ObjectStore objects;
  private final StreamTask.Surroundings surroundings;

  Examiner(DetectorCatalog catalog, ObjectStore objects, StreamTask.Surroundings surroundings) {
    this.catalog = catalog;
    this.objects = objects;
    this.surroundings = surroundings;
  }

  /**
   * What was seen.
   *
   * @param anew whether the detector began without knowing what it had seen before
   */
  record Examined(List<Timed> observations, boolean anew) {}

  /** What the detector knew after an earlier segment. */
  private record Known(byte[] state, int number) {}

  /**
   * Looks at a segment.
   *
   * @throws IllegalArgumentException when there is no such detector or option
   * @throws CallFailedException when the detector failed; it is then as it was before
   * @throws ObjectStoreException when objects cannot be read or written; the detector is then as it
   *     was before
   */
  Examined examine(Calls.Where where, Calls.Look look, int number)
      throws MediaException, IOException, CallFailedException {
    List<ConfiguredDetector> detectors =
        new ArrayList<>(catalog.configure(List.of(look.detector())));
    detectors.addAll(catalog.configure(look.beside()));
    String kind = look.detector().kind();
    WatchedObjects watched = new WatchedObjects(objects);
    Segment segment = Converter.read(watched, where.prefix(), number);
    Optional<Known> known = known(watched, where.prefix(), number, kind);
    boolean continues = number == 0 || known.map(last -> last.number() == number - 1).orElse(false);
    SegmentSource source = new SegmentSource(segment, watched, continues);
    List<Observation> fresh = new ArrayList<>();
    StreamTask task = task(where, detectors, source, fresh::add);
    if (known.isPresent()) {
      task.restore(known.get().state());
    }
    List<Timed> observations = new ArrayList<>();
    boolean more = true;
    // The first step opens, each further one is an event.
    while (more && !source.isOver()) {
      long reachedMicros = task.mediaMicros();
      int step = source.step();
      more = step(task, watched);
      for (Observation observation : fresh) {
        observations.add(
            new Timed(
                reachedMicros,
                where.index(),
                step,
                look.index(),
                where.observed(source.wallClockMillis(), observation)));
      }
      fresh.clear();
    }
    Map<String, String> failures = task.statistics().detectorFailures();
    if (!failures.isEmpty()) {
      throw new CallFailedException(
          CallFailedException.Reason.DETECTOR_FAILED, "a detector failed: " + failures);
    }
    if (!segment.ended()) {
      watched.put(SegmentNames.detector(where.prefix(), number, kind), task.suspend());
    }
    return new Examined(observations, number > 0 && known.isEmpty());
  }

  /** A store that fails is the reason for whatever the task says then. */
  private static boolean step(StreamTask task, WatchedObjects watched)
      throws MediaException, ObjectStoreException {
    try {
      return task.step();
    } finally {
      watched.check();
    }
  }

  private static Optional<Known> known(ObjectStore objects, String prefix, int number, String kind)
      throws ObjectStoreException {
    for (int last = number - 1; last >= Math.max(0, number - 1 - MOST_MISSED); last--) {
      Optional<byte[]> state = objects.find(SegmentNames.detector(prefix, last, kind));
      if (state.isPresent()) {
        return Optional.of(new Known(state.get(), last));
      }
    }
    return Optional.empty();
  }

  private StreamTask task(
      Calls.Where where,
      List<ConfiguredDetector> detectors,
      SegmentSource source,
      ObservationSink out) {
    MediaSources replay =
        new MediaSources() {
          @Override
          public List<String> renditions(SourceRequest request) {
            return List.of();
          }

          @Override
          public MediaSource open(SourceRequest request) {
            return source;
          }
        };
    return new StreamTask(
        new TaskSpec(
            SourceRequest.of("segment:" + where.prefix()),
            where.rendition(),
            detectors,
            false,
            false,
            RetryPolicy.DEFAULT),
        surroundings.withSources(replay),
        out,
        TaskProbe.NONE);
  }
}
