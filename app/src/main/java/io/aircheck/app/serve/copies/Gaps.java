package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.streams.WatchedStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Detectors that streams are watched without, for want of a copy that runs them or has room: such a
 * stream is watched, and yet nobody would learn of some of its defects. Looks on one thread; what
 * was seen may be read by any.
 */
public final class Gaps {
  private final Fleet fleet;
  private final Consumer<String> log;
  private volatile Map<String, Set<String>> byStream = Map.of();
  private Optional<String> told = Optional.empty();

  /**
   * @param log told one line about what an operator of the service should know
   */
  Gaps(Fleet fleet, Consumer<String> log) {
    this.fleet = fleet;
    this.log = log;
  }

  /**
   * Looks at streams that are to be watched.
   *
   * @param tells whether this copy tells of it in its log: one of them is enough
   * @return streams of which something else is missing than before
   */
  List<String> look(Collection<WatchedStream> streams, PolicyBook policies, boolean tells) {
    Map<String, Set<String>> before = byStream;
    Map<String, Set<String>> now = new HashMap<>();
    for (WatchedStream stream : streams) {
      Set<String> kinds =
          policies.find(stream.settings().policy()).map(PolicyBook.Policy::kinds).orElse(Set.of());
      Set<String> missing = fleet.missing(stream.id(), kinds);
      if (!missing.isEmpty()) {
        now.put(stream.id(), missing);
      }
    }
    byStream = now;
    if (tells) {
      tell();
    }
    return Stream.concat(before.keySet().stream(), now.keySet().stream())
        .distinct()
        .filter(stream -> !Objects.equals(before.get(stream), now.get(stream)))
        .toList();
  }

  private void tell() {
    // By kinds: streams come and go all the time.
    Optional<String> kinds = byStream.isEmpty() ? Optional.empty() : Optional.of(kinds(byKind()));
    if (!kinds.equals(told)) {
      told = kinds;
      log.accept(problem().orElse("all detectors of all streams are run again"));
    }
  }

  private static String kinds(SortedMap<String, Long> byKind) {
    return String.join(", ", byKind.keySet());
  }

  /** Kinds that a stream is watched without, sorted; empty also while it is not watched at all. */
  public Set<String> of(String stream) {
    return byStream.getOrDefault(stream, Set.of());
  }

  /** On how many streams each kind is missing. */
  public SortedMap<String, Long> byKind() {
    SortedMap<String, Long> counts = new TreeMap<>();
    byStream.values().forEach(kinds -> kinds.forEach(kind -> counts.merge(kind, 1L, Long::sum)));
    return counts;
  }

  /** What is missing, in one line; empty when nothing is. */
  public Optional<String> problem() {
    Map<String, Set<String>> missing = byStream;
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "streams watched in part: %d; no copy runs, or has room for, %s: start one that does (--detectors)"
                .formatted(missing.size(), kinds(byKind())));
  }
}
