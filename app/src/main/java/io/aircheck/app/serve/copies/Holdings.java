package io.aircheck.app.serve.copies;

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
 */
record Holdings(Map<String, List<Assignment>> byStream) {
  static final Holdings NONE = new Holdings(Map.of());

  /** Those of a copy. */
  static Holdings of(String copy, List<Assignment> all) {
    Map<String, List<Assignment>> byStream = new LinkedHashMap<>();
    for (Assignment assignment : all) {
      if (assignment.copy().equals(copy)) {
        byStream.computeIfAbsent(assignment.stream(), id -> new ArrayList<>()).add(assignment);
      }
    }
    return new Holdings(byStream);
  }

  Set<String> streams() {
    return byStream.keySet();
  }

  /** In whose name something is said of a stream: several shares on one copy are watched as one. */
  Optional<Assignment> of(String stream) {
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
