package io.aircheck.core.copies;

import java.util.Map;
import java.util.Set;

/**
 * A part of the watching of a stream that one copy does as a whole.
 *
 * @param share see {@link Assignment#share}
 * @param labels of the stream
 * @param detectors kinds that the copy has to run
 * @param cost positive, in the unit of {@link Copy#capacity}
 */
public record Share(
    String stream, String share, Map<String, String> labels, Set<String> detectors, double cost) {
  public Share {
    labels = Map.copyOf(labels);
    detectors = Set.copyOf(detectors);
    if (!(cost > 0)) {
      throw new IllegalArgumentException("cost " + cost);
    }
  }

  /** Whether a copy takes such streams and runs all the detectors, if it has room. */
  public boolean suits(Copy copy) {
    return copy.role() != Copy.Role.API
        && labels.entrySet().containsAll(copy.labels().entrySet())
        && detectors.stream().allMatch(copy::runs);
  }

  /** The same at another cost. */
  public Share costing(double other) {
    return new Share(stream, share, labels, detectors, other);
  }

  /** The same of other detectors. */
  Share of(Set<String> others) {
    return new Share(stream, share, labels, others, cost);
  }
}
