package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Division;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shares that this copy watches. Immutable.
 *
 * @param byStream shares of each stream, the first first; none is without
 * @param viewers the share of the viewers; empty: this copy does not have them
 */
record Holdings(Map<String, List<Assignment>> byStream, Optional<Assignment> viewers) {
  static final Holdings NONE = new Holdings(Map.of(), Optional.empty());

  /** Those of a copy. */
  static Holdings of(String copy, List<Assignment> all) {
    Map<String, List<Assignment>> byStream = new LinkedHashMap<>();
    Optional<Assignment> viewers = Optional.empty();
    for (Assignment assignment : all) {
      if (!assignment.copy().equals(copy)) {
        continue;
      }
      if (ViewersShare.isOne(assignment)) {
        viewers = Optional.of(assignment);
      } else {
        byStream.computeIfAbsent(assignment.stream(), id -> new ArrayList<>()).add(assignment);
      }
    }
    return new Holdings(byStream, viewers);
  }

  Set<String> streams() {
    return byStream.keySet();
  }

  boolean isEmpty() {
    return byStream.isEmpty() && viewers.isEmpty();
  }

  /**
   * In whose name something is said of a stream, or of some viewers: several shares of a stream on
   * one copy are watched as one.
   */
  Optional<Assignment> of(String stream) {
    if (CohortKey.isOne(stream)) {
      return viewers;
    }
    return byStream.getOrDefault(stream, List.of()).stream().findFirst();
  }

  /** What to look for on a stream; empty: everything that its policy says. */
  Optional<Set<String>> detectors(String stream) {
    Set<String> kinds = new TreeSet<>();
    for (Assignment share : byStream.getOrDefault(stream, List.of())) {
      Optional<Set<String>> part = Division.detectors(share.share());
      if (part.isEmpty()) {
        return Optional.empty();
      }
      kinds.addAll(part.get());
    }
    return Optional.of(kinds);
  }
}
