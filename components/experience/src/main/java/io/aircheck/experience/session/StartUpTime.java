package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.experience.session.Progress.StartUp;

/** The time to the first picture, by the reports if none is missing, else by the player. */
final class StartUpTime {
  private static final long MOST_MILLIS = 600_000;

  private final Tally tally;

  StartUpTime(Tally tally) {
    this.tally = tally;
  }

  /**
   * Counts it as soon as it is known.
   *
   * @return the progress that knows it
   */
  Progress read(Facts facts, Progress before) {
    Long told = facts.startupMillis();
    Progress progress =
        told != null && told >= 0 && told <= MOST_MILLIS
            ? before.withStartupTold(told.intValue())
            : before;
    if (!progress.shown() || progress.startUp() == StartUp.KNOWN) {
      return progress;
    }
    long known =
        progress.startUp() == StartUp.SEEN
            ? tally.get(Measure.STARTING_MILLIS)
            : progress.startupToldMillis();
    if (known < 0) {
      return progress;
    }
    tally.add(Measure.STARTUPS, 1);
    tally.add(Measure.STARTUP_MILLIS, known);
    return progress.withStartUp(StartUp.KNOWN);
  }
}
