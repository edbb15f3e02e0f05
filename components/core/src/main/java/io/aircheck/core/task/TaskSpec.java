package io.aircheck.core.task;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.media.SourceRequest;
import java.util.List;
import java.util.Optional;

/**
 * What one {@link StreamTask} does.
 *
 * @param source one input, or one rendition of a ladder
 * @param rendition rendition id written into findings; empty where there is none
 * @param detectors what to look for
 * @param live whether to open the input again when it ends or fails, until stopped
 * @param strict whether views are taken away after each call and a failing detector stops the task:
 *     for tests
 * @param retry delays between tries of a live input
 */
public record TaskSpec(
    SourceRequest source,
    Optional<String> rendition,
    List<ConfiguredDetector> detectors,
    boolean live,
    boolean strict,
    RetryPolicy retry) {
  public TaskSpec {
    detectors = List.copyOf(detectors);
  }

  /** A finite input, analysed once. */
  public static TaskSpec finite(SourceRequest source, List<ConfiguredDetector> detectors) {
    return new TaskSpec(source, source.rendition(), detectors, false, false, RetryPolicy.DEFAULT);
  }

  /** The same task in strict mode. */
  public TaskSpec strictly() {
    return new TaskSpec(source, rendition, detectors, live, true, retry);
  }
}
