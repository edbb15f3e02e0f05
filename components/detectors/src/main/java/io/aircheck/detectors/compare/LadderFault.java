package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.compare.RenditionComparison.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a ladder.
 *
 * @param kind kind of finding
 * @param rendition the rendition that is wrong, or null when it cannot be told which
 * @param sinceMicros since when, ladder time
 * @param severity of the finding
 * @param measurements of the finding
 * @param message of the finding
 */
record LadderFault(
    String kind,
    @Nullable String rendition,
    long sinceMicros,
    Severity severity,
    Map<String, Double> measurements,
    String message) {

  /** Smallest lag that counts: a player that switches shows a visible jump. */
  private static final double MISALIGNED_MILLIS = 100;

  /** What the finding is about: there is at most one of a subject at a time. */
  String subject() {
    return kind + "/" + (rendition == null ? "" : rendition);
  }

  /** All faults that the relations of the pairs tell. */
  static List<LadderFault> of(Set<String> renditions, Map<String, RenditionPair> pairs) {
    List<LadderFault> faults = new ArrayList<>();
    for (Rule rule : RULES) {
      faults.addAll(new Outliers(rule, renditions, pairs).faults());
    }
    return faults;
  }

  /**
   * What makes two renditions be at odds.
   *
   * @param decided whether enough comparisons agree to tell
   * @param atOdds whether they then are at odds
   * @param value how far apart they are; positive: the first is later
   */
  private record Rule(
      String kind,
      Predicate<RenditionPair> decided,
      Predicate<RenditionPair> atOdds,
      ToDoubleFunction<RenditionPair> value,
      ToLongFunction<RenditionPair> since,
      String measurement,
      String singular,
      String plural) {

    Severity severity(double value) {
      return switch (kind) {
        case Kinds.LADDER_CONTENT_MISMATCH -> Severity.ERROR;
        case Kinds.SYNC_OFFSET -> OffsetTolerance.severity(value).orElse(Severity.WARNING);
        default -> Severity.WARNING;
      };
    }

    String words(double value) {
      return switch (kind) {
        case Kinds.LADDER_MISALIGNED ->
            String.format(
                Locale.ROOT,
                ": pictures %.0f ms %s",
                Math.abs(value),
                value < 0 ? "early" : "late");
        case Kinds.SYNC_OFFSET -> ": " + OffsetTolerance.inWords(value);
        default -> "";
      };
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Kinds.LADDER_CONTENT_MISMATCH,
              RenditionPair::decided,
              pair -> pair.last().relation() == Relation.DIFFERENT,
              pair -> Double.NaN,
              RenditionPair::sinceMicros,
              "",
              "shows other pictures than",
              "show different pictures"),
          new Rule(
              Kinds.LADDER_MISALIGNED,
              RenditionPair::decided,
              pair -> Math.abs(pair.last().lagMillis()) >= MISALIGNED_MILLIS,
              pair -> pair.last().lagMillis(),
              RenditionPair::sinceMicros,
              "lagMillis",
              "is not aligned with",
              "are not aligned"),
          new Rule(
              Kinds.SYNC_OFFSET,
              RenditionPair::offsetDecided,
              pair -> OffsetTolerance.severity(pair.last().offsetMillis()).isPresent(),
              pair -> pair.last().offsetMillis(),
              RenditionPair::offsetSinceMicros,
              "offsetMillis",
              "differs in sound against picture from",
              "differ in sound against picture"));

  /**
   * Renditions at odds with most others by one rule; or one fault without a rendition when none
   * stands out.
   */
  private record Outliers(Rule rule, Set<String> renditions, Map<String, RenditionPair> pairs) {

    List<LadderFault> faults() {
      List<LadderFault> faults = new ArrayList<>();
      Set<String> involved = new TreeSet<>();
      for (String rendition : renditions) {
        List<String> against =
            renditions.stream().filter(other -> atOdds(rendition, other)).toList();
        if (!against.isEmpty()) {
          involved.add(rendition);
        }
        if (against.size() >= 2 && 2 * against.size() > renditions.size() - 1) {
          faults.add(named(rendition, against));
        }
      }
      boolean everybody = faults.size() > renditions.size() / 2;
      if (involved.isEmpty() || (!faults.isEmpty() && !everybody)) {
        return faults;
      }
      // Who is right may show when the others have been compared as well.
      return allCompared() || longSettled(involved) ? List.of(unnamed(involved)) : List.of();
    }

    private @Nullable RenditionPair pair(String one, String other) {
      return one.equals(other) ? null : pairs.get(LadderState.pair(one, other));
    }

    private boolean atOdds(String one, String other) {
      RenditionPair pair = pair(one, other);
      return pair != null && rule.decided().test(pair) && rule.atOdds().test(pair);
    }

    private boolean allCompared() {
      int all = renditions.size() * (renditions.size() - 1) / 2;
      return pairs.values().stream().filter(rule.decided()).count() >= all;
    }

    private boolean longSettled(Set<String> involved) {
      return involved.stream()
          .flatMap(
              one -> involved.stream().filter(other -> atOdds(one, other)).map(o -> pair(one, o)))
          .allMatch(pair -> pair != null && pair.settled());
    }

    private LadderFault named(String rendition, List<String> against) {
      OptionalDouble value =
          against.stream()
              .mapToDouble(other -> directed(rendition, other))
              .filter(Double::isFinite)
              .average();
      return fault(
          rendition,
          since(List.of(rendition), against),
          value,
          "Rendition %s %s %s".formatted(rendition, rule.singular(), String.join(", ", against)));
    }

    private LadderFault unnamed(Set<String> involved) {
      List<String> all = List.copyOf(involved);
      OptionalDouble largest = OptionalDouble.empty();
      for (String one : all) {
        for (String other : all) {
          double value = one.compareTo(other) < 0 ? directed(one, other) : Double.NaN;
          if (atOdds(one, other)
              && Double.isFinite(value)
              && Math.abs(value) > Math.abs(largest.orElse(0))) {
            largest = OptionalDouble.of(value);
          }
        }
      }
      return fault(
          null,
          since(all, all),
          largest,
          "Renditions %s %s".formatted(String.join(" and ", all), rule.plural()));
    }

    /** How much later one is than another. */
    private double directed(String one, String other) {
      RenditionPair pair = pair(one, other);
      double value = pair == null ? Double.NaN : rule.value().applyAsDouble(pair);
      return one.compareTo(other) < 0 ? value : -value;
    }

    private long since(List<String> these, List<String> against) {
      return these.stream()
          .flatMap(one -> against.stream().filter(o -> atOdds(one, o)).map(o -> pair(one, o)))
          .mapToLong(pair -> pair == null ? 0 : rule.since().applyAsLong(pair))
          .min()
          .orElse(0);
    }

    private LadderFault fault(
        @Nullable String rendition, long since, OptionalDouble value, String message) {
      double measured = value.orElse(Double.NaN);
      return new LadderFault(
          rule.kind(),
          rendition,
          since,
          rule.severity(measured),
          value.isPresent() ? Map.of(rule.measurement(), measured) : Map.of(),
          message + (value.isPresent() ? rule.words(measured) : ""));
    }
  }
}
