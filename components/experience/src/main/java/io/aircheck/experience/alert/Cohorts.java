package io.aircheck.experience.alert;

import io.aircheck.experience.baseline.Judgement;
import io.aircheck.experience.baseline.RatioRule;
import io.aircheck.experience.baseline.Sample;
import io.aircheck.experience.cause.Combination;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures any combination of values in a window, from the rows of a grouping that it covers. */
final class Cohorts {
  private final AlertPolicy policy;
  private final RatioRule rule;
  private final Map<List<String>, List<Seen>> seen;

  Cohorts(AlertPolicy policy, RatioRule rule, Map<List<String>, List<Seen>> seen) {
    this.policy = policy;
    this.rule = rule;
    this.seen = seen;
  }

  /** Rows of a grouping of which something is expected. */
  List<Seen> known(List<String> dimensions) {
    return seen.getOrDefault(dimensions, List.of()).stream()
        .filter(row -> row.watch().isKnown())
        .toList();
  }

  /** Variance by mean of all rows, weighted by what is expected of them. */
  double dispersion() {
    return dispersion(seen.values().stream().flatMap(List::stream).toList());
  }

  private double dispersion(List<Seen> rows) {
    double sum = 0;
    double weight = 0;
    for (Seen row : rows) {
      double expected = row.watch().recent().expected();
      sum += expected * row.watch().baseline().dispersion(rule);
      weight += expected;
    }
    return weight <= 0 ? rule.grain() : sum / weight;
  }

  /** How a combination is now; null if nothing is known of it in this grouping. */
  @Nullable Measured measure(Combination cohort, List<String> dimensions) {
    List<Seen> rows =
        known(dimensions).stream().filter(row -> cohort.covers(row.cohort())).toList();
    if (rows.isEmpty()) {
      return null;
    }
    Recent recent =
        rows.stream().map(row -> row.watch().recent()).reduce(Recent.NONE, Recent::plus);
    long viewers = rows.stream().mapToLong(Seen::viewers).sum();
    return new Measured(recent, judge(recent, dispersion(rows)), excess(recent), viewers);
  }

  /** Judges sums of cohorts. */
  Judgement judge(Recent recent, double dispersion) {
    // Views that began add up over the windows that may be put together; viewers are the same.
    double traffic =
        recent.trafficOfWindow() * (rule.isTrafficOfViewers() ? 1 : policy.carryWindows());
    return Judgement.of(
        new Sample(recent.over(), recent.under(), traffic),
        recent.expected(),
        dispersion,
        recent.history(),
        rule,
        policy.baseline());
  }

  /** How much more than expected came, in the direction that is worse; at least nothing. */
  double excess(Recent recent) {
    double more = recent.over() - recent.expected();
    return Math.max(0, isHigherWorse() ? more : -more);
  }

  /** The same sums where so much excess was expected. */
  Recent expectingExcess(Recent recent, double excess) {
    double expected = isHigherWorse() ? recent.expected() + excess : recent.expected() - excess;
    return recent.expecting(Math.max(0, expected));
  }

  boolean isHigherWorse() {
    return rule.worse() == RatioRule.Worse.HIGHER;
  }
}
