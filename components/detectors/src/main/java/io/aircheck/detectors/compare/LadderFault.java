package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Kinds;
import io.aircheck.detectors.compare.RenditionComparison.Relation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a ladder.
 *
 * @param kind kind of finding
 * @param rendition the rendition that is wrong, or null when it cannot be told which
 * @param sinceMicros since when
 * @param measurements of the finding
 * @param message of the finding
 */
record LadderFault(
    String kind,
    @Nullable String rendition,
    long sinceMicros,
    Map<String, Double> measurements,
    String message) {

  /** Smallest lag that counts: a player that switches shows a visible jump. */
  private static final double MISALIGNED_MILLIS = 100;

  /**
   * Lags from here on say nothing: renditions of a live ladder are joined at segments of their own,
   * and segments are longer than this.
   */
  private static final double JOINED_ELSEWHERE_MILLIS = 1000;

  /** What the finding is about: there is at most one of a subject at a time. */
  String subject() {
    return kind + "/" + (rendition == null ? "" : rendition);
  }

  /** All faults that the relations of the pairs tell, after so many votes. */
  static List<LadderFault> of(
      Set<String> renditions, Map<String, LadderState.Pair> pairs, int votes) {
    List<LadderFault> faults = new ArrayList<>();
    faults.addAll(
        outliers(
            Kinds.LADDER_CONTENT_MISMATCH,
            renditions,
            pairs,
            votes,
            pair -> pair.votes() >= votes && pair.last().relation() == Relation.DIFFERENT,
            "shows other pictures than",
            "show different pictures"));
    faults.addAll(
        outliers(
            Kinds.LADDER_MISALIGNED,
            renditions,
            pairs,
            votes,
            pair ->
                pair.votes() >= votes
                    && Math.abs(pair.last().lagMillis()) >= MISALIGNED_MILLIS
                    && Math.abs(pair.last().lagMillis()) < JOINED_ELSEWHERE_MILLIS,
            "is not aligned with",
            "are not aligned"));
    return faults;
  }

  /** Renditions at odds with most others; or one fault without a rendition when none stands out. */
  private static List<LadderFault> outliers(
      String kind,
      Set<String> renditions,
      Map<String, LadderState.Pair> pairs,
      int votes,
      Predicate<LadderState.Pair> atOdds,
      String singular,
      String plural) {
    List<LadderFault> faults = new ArrayList<>();
    Set<String> involved = new TreeSet<>();
    List<LadderState.Pair> odd = new ArrayList<>();
    for (String rendition : renditions) {
      List<String> against = new ArrayList<>();
      List<LadderState.Pair> oddHere = new ArrayList<>();
      for (String other : renditions) {
        LadderState.Pair pair = pairs.get(LadderState.pair(rendition, other));
        if (pair != null && !rendition.equals(other) && atOdds.test(pair)) {
          against.add(other);
          oddHere.add(pair);
        }
      }
      if (!against.isEmpty()) {
        involved.add(rendition);
        odd.addAll(oddHere);
      }
      if (against.size() >= 2 && 2 * against.size() > renditions.size() - 1) {
        faults.add(
            new LadderFault(
                kind,
                rendition,
                since(oddHere),
                lag(oddHere),
                "Rendition %s %s %s".formatted(rendition, singular, String.join(", ", against))));
      }
    }
    boolean everybody = faults.size() > renditions.size() / 2;
    if (involved.isEmpty() || (!faults.isEmpty() && !everybody)) {
      return faults;
    }
    int all = renditions.size() * (renditions.size() - 1) / 2;
    if (pairs.values().stream().filter(pair -> pair.votes() >= votes).count() < all) {
      // Who is right shows when the others have been compared as well.
      return List.of();
    }
    return List.of(
        new LadderFault(
            kind,
            null,
            since(odd),
            lag(odd),
            "Renditions %s %s".formatted(String.join(" and ", involved), plural)));
  }

  private static long since(Collection<LadderState.Pair> pairs) {
    return pairs.stream().mapToLong(LadderState.Pair::sinceMicros).min().orElse(0);
  }

  private static Map<String, Double> lag(Collection<LadderState.Pair> pairs) {
    double largest =
        pairs.stream()
            .mapToDouble(pair -> Math.abs(pair.last().lagMillis()))
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN);
    return Double.isNaN(largest) ? Map.of() : Map.of("lagMillis", largest);
  }
}
