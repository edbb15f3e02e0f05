package io.aircheck.experience.exposure;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.OptionalDouble;

/**
 * Who was shown a defect. Time is taken in whole windows of the reports: those that the defect
 * touches.
 *
 * @param viewers exactly how many sessions were shown it
 * @param exposed sums of those sessions while they were
 * @param otherViewers how many sessions watched the same content at the same time and were at no
 *     time shown it
 * @param others sums of the same content at the same time where it was not shown
 * @param complete whether it is known from its beginning; if not, there may have been more
 */
public record Exposure(
    long viewers, Measures exposed, long otherViewers, Measures others, boolean complete) {
  /** Nobody was. */
  public static final Exposure NONE = new Exposure(0, Measures.ZERO, 0, Measures.ZERO, true);

  private static final double MILLIS_PER_MINUTE = 60_000;

  /** Minutes that viewers watched while it was shown to them, all together. */
  public double viewerMinutes() {
    return exposed.get(Measure.WATCHED_MILLIS) / MILLIS_PER_MINUTE;
  }

  /** Share of those who were shown it that left in that time, percent; empty without viewers. */
  public OptionalDouble leftPercent() {
    return percent(exposed.get(Measure.ENDED), viewers);
  }

  /** The same of those who were not shown it. */
  public OptionalDouble othersLeftPercent() {
    return percent(others.get(Measure.ENDED), otherViewers);
  }

  private static OptionalDouble percent(long some, long all) {
    return all <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * some / all);
  }
}
