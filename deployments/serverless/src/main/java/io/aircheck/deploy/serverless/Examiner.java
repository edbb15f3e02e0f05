package io.aircheck.deploy.serverless;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Shows a segment to detectors by the task that runs them everywhere; what they know is in the
 * bucket between two segments. Thread-safe.
 */
final class Examiner {
  private final ObjectStore objects;
  private final StreamTask.Surroundings surroundings;

  Examiner(ObjectStore objects, StreamTask.Surroundings surroundings) {
    this.objects = objects;
    this.surroundings = surroundings;
  }

  /**
   * Looks at a segment.
   *
   * @param prefix of the names of all objects of the input
   * @param name of these detectors together, for the name of what they know
   * @param rendition written into findings
   * @param out told what is observed
   * @throws ObjectStoreException when objects cannot be read or written; what the detectors know is
   *     then as it was before
   */
  void examine(
      String prefix,
      int number,
      String name,
      List<ConfiguredDetector> detectors,
      Optional<String> rendition,
      ObservationSink out)
      throws MediaException, IOException {
    WatchedObjects watched = new WatchedObjects(objects);
    Segment segment = Converter.read(watched, prefix, number);
    SegmentSource source = new SegmentSource(segment, watched);
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
    TaskSpec spec = TaskSpec.finite(SourceRequest.of("segment:" + prefix), detectors);
    StreamTask task =
        new StreamTask(
            new TaskSpec(
                spec.source(), rendition, detectors, spec.live(), spec.strict(), spec.retry()),
            surroundings.withSources(replay),
            out,
            TaskProbe.NONE);
    if (number > 0) {
      task.restore(watched.get(stateKey(prefix, number - 1, name)));
    }
    // The first step opens, each further one is an event.
    boolean more = task.step();
    while (more && !source.isOver()) {
      more = task.step();
      watched.check();
    }
    watched.check();
    if (!segment.ended()) {
      watched.put(stateKey(prefix, number, name), task.suspend());
    }
  }

  private static String stateKey(String prefix, int number, String name) {
    return "%s/%06d/%s.state".formatted(prefix, number, name);
  }
}
