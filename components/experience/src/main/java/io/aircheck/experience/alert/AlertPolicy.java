package io.aircheck.experience.alert;

import io.aircheck.experience.baseline.BaselinePolicy;
import io.aircheck.experience.baseline.RatioRule;
import java.util.List;

/**
 * When alerts begin and end.
 *
 * @param rules what is looked at
 * @param baseline how what is usual is learnt
 * @param openAfter an alert begins after so many unusual windows of a cohort in a row
 * @param closeAfter it ends after so many windows in a row that are not raised any more
 * @param carryWindows so many windows are put together where one has too little traffic
 * @param silentMillis an alert whose viewers have gone ends after so long; windows further apart
 *     are not in a row
 * @param relativeNoise error of what is expected, as a share of it, that no traffic makes smaller
 * @param mostCohorts how many cohorts are remembered; those not seen for longest are forgotten
 * @param mostSeasonal how many of them have hours of the week, two kilobytes for each ratio: those
 *     with the most traffic; the others are held against the recent past
 * @param mostAlerts how many alerts one ratio has at a time
 */
public record AlertPolicy(
    List<RatioRule> rules,
    BaselinePolicy baseline,
    int openAfter,
    int closeAfter,
    int carryWindows,
    long silentMillis,
    double relativeNoise,
    int mostCohorts,
    int mostSeasonal,
    int mostAlerts) {

  /** For windows of 10 s. */
  public static final AlertPolicy DEFAULT =
      new AlertPolicy(
          RatioRule.DEFAULTS, BaselinePolicy.DEFAULT, 3, 6, 6, 300_000, 0.1, 20_000, 4_000, 10);

  /**
   * @throws IllegalArgumentException if something is out of its range
   */
  public AlertPolicy {
    rules = List.copyOf(rules);
    if (openAfter < 1
        || closeAfter < 1
        || carryWindows < 1
        || silentMillis < 1
        || !(relativeNoise >= 0)
        || mostCohorts < 1
        || mostSeasonal < 0
        || mostAlerts < 1) {
      throw new IllegalArgumentException("numbers of an alert policy");
    }
  }
}
