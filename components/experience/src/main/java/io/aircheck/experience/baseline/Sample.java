package io.aircheck.experience.baseline;

/**
 * What some views had of a ratio in a window.
 *
 * @param over sum of what is divided, 0 or more
 * @param under sum of what it is divided by, 0 or more
 * @param traffic how many views or viewers that is
 */
public record Sample(double over, double under, double traffic) {
  /** Nothing. */
  public static final Sample NONE = new Sample(0, 0, 0);

  /**
   * This and a later window of the same views.
   *
   * @param traffic of both together
   */
  Sample with(Sample later, double traffic) {
    return new Sample(over + later.over, under + later.under, traffic);
  }
}
