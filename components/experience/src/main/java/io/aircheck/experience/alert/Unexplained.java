package io.aircheck.experience.alert;

import io.aircheck.experience.alert.AlertState.Active;
import io.aircheck.experience.baseline.Judgement;
import io.aircheck.experience.baseline.RatioRule;
import io.aircheck.experience.cause.Cause;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.cause.Direction;
import io.aircheck.experience.cause.LeafTable;
import io.aircheck.experience.cause.LikelihoodScan;
import io.aircheck.experience.cause.Noise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What open alerts of a ratio leave unexplained in a window, and the place that explains most of
 * it.
 *
 * <p>An alert explains all cohorts within its own. A grouping that lacks its dimensions cannot tell
 * where its excess is; so of every cohort there that may overlap it, as much excess is explained as
 * the alert has in all. Rather one alert too few than ten.
 */
final class Unexplained {
  /** Of what came, so much is expected at least: a factor of more than twenty counts as twenty. */
  private static final double LEAST_EXPECTED = 0.05;

  private final AlertPolicy policy;
  private final RatioRule rule;
  private final Map<List<String>, List<Seen>> seen;
  private final Cohorts cohorts;
  private final List<Explained> explained = new ArrayList<>();

  /** A row without what is explained of it. */
  private record Left(Seen seen, Recent recent) {}

  /** What an open alert explains. */
  private record Explained(Combination cohort, double excess) {}

  /**
   * A place where an alert may begin.
   *
   * @param dimensions of the grouping that showed it
   * @param score what speaks for it
   */
  record Place(Combination where, List<String> dimensions, double score) {}

  Unexplained(
      AlertPolicy policy,
      RatioRule rule,
      Map<List<String>, List<Seen>> seen,
      Cohorts cohorts,
      List<Active> active) {
    this.policy = policy;
    this.rule = rule;
    this.seen = seen;
    this.cohorts = cohorts;
    for (Active open : active) {
      Combination cohort = open.alert().cohort();
      Measured now = cohorts.measure(cohort, open.dimensions());
      explained.add(new Explained(cohort, now == null ? 0 : now.excess()));
    }
  }

  /** Cohorts that have been unusual for long enough, also without what is explained. */
  List<Seen> alarmed() {
    List<Seen> alarmed = new ArrayList<>();
    for (List<String> dimensions : seen.keySet()) {
      for (Seen row : cohorts.known(dimensions)) {
        if (row.watch().unusual() >= policy.openAfter()) {
          Recent left = left(row, 1);
          if (left != null && judge(row, left).isUnusual()) {
            alarmed.add(row);
          }
        }
      }
    }
    return alarmed;
  }

  /** Where the next alert is to begin, if some cohorts are alarmed. */
  Place place(List<Seen> alarmed) {
    Direction direction = cohorts.isHigherWorse() ? Direction.RISE : Direction.FALL;
    Noise noise = new Noise(cohorts.dispersion(), policy.relativeNoise());
    Place best = null;
    for (List<String> dimensions : seen.keySet()) {
      for (Cause cause : LikelihoodScan.DEFAULT.find(table(dimensions), direction, noise)) {
        if ((best == null || cause.score() > best.score())
            && isOfSome(alarmed, cause.where())
            && isUnusual(cause.where(), dimensions)) {
          best = new Place(cause.where(), dimensions, cause.score());
        }
      }
    }
    if (best != null) {
      return best;
    }
    Seen worst =
        alarmed.stream()
            .max(Comparator.comparingDouble(row -> judge(row, row.watch().recent()).z()))
            .orElseThrow();
    return new Place(worst.cohort(), worst.dimensions(), 0);
  }

  private static boolean isOfSome(List<Seen> alarmed, Combination where) {
    return alarmed.stream().anyMatch(row -> mayOverlap(where, row.cohort()));
  }

  /**
   * Whether it is, by the dispersion of all: its own may have been learnt of the windows in which
   * the change began.
   */
  private boolean isUnusual(Combination where, List<String> dimensions) {
    Measured found = cohorts.measure(where, dimensions);
    return found != null && cohorts.judge(found.recent(), cohorts.dispersion()).isUnusual();
  }

  private Judgement judge(Seen row, Recent recent) {
    return cohorts.judge(recent, row.watch().baseline().dispersion(rule));
  }

  /**
   * A grouping without what is explained; the excess of overlapping alerts is spread alike. Where
   * next to nothing was ever seen, as little came as was expected from those whom the fault does
   * not reach, whatever its factor; so that they count, no less is expected than a part of what
   * came, spread by traffic.
   */
  private LeafTable table(List<String> dimensions) {
    List<Left> rows = leftOf(dimensions);
    double over = rows.stream().mapToDouble(row -> row.recent().over()).sum();
    double under = rows.stream().mapToDouble(row -> row.recent().under()).sum();
    LeafTable.Builder table = LeafTable.ofRatio(dimensions);
    for (Left row : rows) {
      Recent left = row.recent();
      double least = LEAST_EXPECTED * over * left.under() / under;
      table.add(
          row.seen().values(),
          left.over(),
          Math.max(left.expected(), least),
          left.under(),
          left.under());
    }
    return table.build();
  }

  /** What is left of the rows of a grouping that have anything to divide by. */
  private List<Left> leftOf(List<String> dimensions) {
    List<Seen> rows = cohorts.known(dimensions);
    double all = rows.stream().mapToDouble(row -> row.watch().recent().under()).sum();
    List<Left> leftOf = new ArrayList<>();
    for (Seen row : rows) {
      Recent left = left(row, row.watch().recent().under() / Math.max(all, Double.MIN_NORMAL));
      if (left != null && left.under() > 0) {
        leftOf.add(new Left(row, left));
      }
    }
    return leftOf;
  }

  /**
   * What is left of a row.
   *
   * @param part so much of the excess of an alert that may overlap it is in it
   * @return null if all of it is explained
   */
  private @Nullable Recent left(Seen row, double part) {
    Recent left = row.watch().recent();
    for (Explained alert : explained) {
      if (alert.cohort().covers(row.cohort())) {
        return null;
      }
      if (mayOverlap(alert.cohort(), row.cohort())) {
        left = cohorts.expectingExcess(left, part * alert.excess());
      }
    }
    return left;
  }

  /** Whether views of one may be of the other: they do not differ in a dimension of both. */
  private static boolean mayOverlap(Combination one, Combination other) {
    return one.values().entrySet().stream()
        .allMatch(
            value ->
                value
                    .getValue()
                    .equals(other.values().getOrDefault(value.getKey(), value.getValue())));
  }
}
