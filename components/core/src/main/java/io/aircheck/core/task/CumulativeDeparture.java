package io.aircheck.core.task;

/**
 * Whether a value has departed from its running median, far for a short while or less far for
 * longer: sums of by how many standard deviations it does, less an allowance, that never fall below
 * zero (CUSUM; Page, Continuous Inspection Schemes, Biometrika 41, 1954). Not thread-safe.
 */
final class CumulativeDeparture {
  /** Values that the median is of. */
  static final int REMEMBERED = 60;

  /** Values without which there is no median. */
  static final int LEAST_REMEMBERED = 12;

  /** Standard deviations that are no departure. */
  static final double ALLOWANCE = 2.5;

  /**
   * No single value counts for more: one alone does not reach the limit, two together do when both
   * are far off, a second of plain colour between two key pictures for example.
   */
  static final double MOST = 7;

  static final double LIMIT = 8;

  private final RunningBaseline baseline = new RunningBaseline(REMEMBERED);
  private final double leastDeviation;
  private double above;
  private double below;
  private double latest = Double.NaN;

  /**
   * @param leastDeviation a standard deviation is taken as no less than this; positive
   */
  CumulativeDeparture(double leastDeviation) {
    this.leastDeviation = leastDeviation;
  }

  /**
   * Takes the next value.
   *
   * @param comparable false: the value is remembered and says nothing, nor do those before
   */
  void add(double value, boolean comparable) {
    if (comparable && baseline.size() >= LEAST_REMEMBERED) {
      latest = baseline.above(value);
      double deviations = latest / Math.max(leastDeviation, baseline.deviation());
      above = sum(above, deviations);
      below = sum(below, -deviations);
    } else {
      latest = Double.NaN;
      above = 0;
      below = 0;
    }
    baseline.add(value);
  }

  /** The sum may not grow on: what is over for some values is no departure any more. */
  private static double sum(double before, double deviations) {
    double next = before + Math.clamp(deviations, -MOST, MOST) - ALLOWANCE;
    return Math.clamp(next, 0, 2 * LIMIT);
  }

  /** How far the latest value was above the median; NaN: it says nothing. */
  double latest() {
    return latest;
  }

  /** Whether the value is and was above. */
  boolean isAbove() {
    return above > LIMIT;
  }

  /** Whether the value is and was below. */
  boolean isBelow() {
    return below > LIMIT;
  }
}
