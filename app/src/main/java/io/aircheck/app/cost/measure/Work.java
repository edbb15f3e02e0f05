package io.aircheck.app.cost.measure;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.media.SourceRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What candidates have to do, each the same.
 *
 * @param source what to watch; finite, or live
 * @param renditions of a ladder; empty: all
 * @param detectors what to look for
 */
public record Work(SourceRequest source, List<String> renditions, List<DetectorChoice> detectors) {
  public Work {
    renditions = List.copyOf(renditions);
    detectors = List.copyOf(detectors);
  }

  /**
   * @throws IOException when there are less than so many
   */
  void requireDetectors(int fewest) throws IOException {
    if (detectors.size() < fewest) {
      throw new IOException("it needs %d detectors to split".formatted(fewest));
    }
  }

  /** A stream of this work. */
  public StreamSpec stream(String id) {
    return new StreamSpec(id, source, Optional.empty(), renditions, detectors, false);
  }

  /** So many streams of this work, each with a name of its own. */
  public Topology topology(int streams) {
    return new Topology(
        IntStream.range(0, streams).mapToObj(i -> stream("stream-" + i)).toList(), List.of());
  }

  /** The same with other detectors. */
  Work withDetectors(List<DetectorChoice> others) {
    return new Work(source, renditions, others);
  }

  /** The same of an input that is no ladder. */
  Work withoutRenditions() {
    return new Work(source, List.of(), detectors);
  }

  /** The same of another source. */
  Work withSource(SourceRequest other) {
    return new Work(other, renditions, detectors);
  }
}
