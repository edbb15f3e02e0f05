package io.aircheck.audience.viewer;

/**
 * How players report.
 *
 * @param intervalMillis between reports when nothing happens
 * @param batchReports after so many reports they are sent
 * @param batchMillis a report waits for others at most so long
 */
public record Reporting(long intervalMillis, int batchReports, long batchMillis) {
  /** As the standard proposes and players do: every 30 s, and what happens soon. */
  public static final Reporting USUAL = new Reporting(30_000, 10, 2_000);

  /**
   * @throws IllegalArgumentException if one of them is not positive
   */
  public Reporting {
    if (intervalMillis < 1 || batchReports < 1 || batchMillis < 1) {
      throw new IllegalArgumentException(
          "interval, reports of a batch and wait of a batch must be at least 1");
    }
  }
}
