package io.aircheck.experience.alert;

import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.measure.Ratio;
import java.util.List;
import java.util.Map;

/**
 * All that the fold remembers. Immutable.
 *
 * @param lastMillis start of the latest window
 * @param cohorts ratios of cohorts, by their values
 * @param active alerts that are open, oldest first
 */
public record AlertState(
    long lastMillis, Map<Combination, Map<Ratio, Watch>> cohorts, List<Active> active) {
  /** Before the first window. */
  public static final AlertState FIRST = new AlertState(Long.MIN_VALUE, Map.of(), List.of());

  public AlertState {
    cohorts = Map.copyOf(cohorts);
    active = List.copyOf(active);
  }

  /**
   * An alert that is open.
   *
   * @param alert as it is now
   * @param dimensions of the grouping that it is measured in
   * @param calm windows in a row that were not raised
   * @param toldValue its value when it was told last
   * @param toldViewers its viewers when it was told last
   */
  public record Active(
      Alert alert, List<String> dimensions, int calm, double toldValue, long toldViewers) {
    public Active {
      dimensions = List.copyOf(dimensions);
    }
  }

  /** Alerts that are open, oldest first. */
  public List<Alert> open() {
    return active.stream().map(Active::alert).toList();
  }
}
