package io.aircheck.core.copies;

import io.aircheck.core.copies.CopyDirectory.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Divides the watching of a stream into shares: one where a copy runs all of its detectors, since
 * every share decodes anew, and else as few as the copies allow. Pure.
 */
public final class Division {
  /** Name of the share that is all of the watching. */
  public static final String WHOLE = "all";

  private Division() {}

  /** What a share costs, positive, in the unit of {@link Copy#capacity}. */
  @FunctionalInterface
  public interface Costs {
    double of(String stream, String share);
  }

  /**
   * The shares of a stream. What no copy runs is a share of its own, for which there will be no
   * place.
   *
   * @param kinds detectors that the stream is watched by
   * @param together those of which each needs the others: they are in one share
   */
  public static List<Share> of(
      String stream,
      Map<String, String> labels,
      Set<String> kinds,
      Set<String> together,
      List<Member> members,
      Costs costs) {
    Share whole = new Share(stream, WHOLE, labels, kinds, costs.of(stream, WHOLE));
    List<Copy> copies =
        members.stream()
            .filter(member -> member.alive() && !member.draining())
            .map(Member::copy)
            .filter(copy -> copy.capacity() > 0)
            .filter(whole.of(Set.of())::suits)
            .toList();
    if (copies.isEmpty() || copies.stream().anyMatch(whole::suits)) {
      return List.of(whole);
    }
    List<Share> shares = new ArrayList<>();
    Set<String> left = new TreeSet<>(kinds);
    while (!left.isEmpty()) {
      Optional<Set<String>> most =
          copies.stream()
              .map(copy -> runBy(copy, left, together))
              .filter(run -> !run.isEmpty())
              .max(
                  Comparator.<Set<String>>comparingInt(Set::size)
                      .thenComparing(Division::name, Comparator.reverseOrder()));
      Set<String> part = most.orElseGet(() -> new TreeSet<>(left));
      String name = name(part);
      shares.add(new Share(stream, name, labels, part, costs.of(stream, name)));
      left.removeAll(part);
    }
    return shares;
  }

  private static Set<String> runBy(Copy copy, Set<String> kinds, Set<String> together) {
    Set<String> run = new TreeSet<>();
    kinds.stream().filter(copy::runs).forEach(run::add);
    boolean apart =
        kinds.stream().filter(together::contains).anyMatch(Predicate.not(run::contains));
    if (apart) {
      run.removeAll(together);
    }
    return run;
  }

  private static String name(Set<String> part) {
    return String.join(",", new TreeSet<>(part));
  }

  /** The detectors of a share, or empty when it is all of them. */
  public static Optional<Set<String>> detectors(String share) {
    return share.equals(WHOLE)
        ? Optional.empty()
        : Optional.of(new TreeSet<>(List.of(share.split(","))));
  }
}
