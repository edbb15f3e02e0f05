package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;

/**
 * What became of a view, as counts that agree with how far it got.
 *
 * @param over whether it has ended
 * @param background whether nobody can see it now
 */
record Outcome(Progress progress, boolean over, boolean background) {

  /** Makes the counts what they are now; what is not true any more is taken back. */
  void settle(Tally tally) {
    boolean ended = over && progress.asked();
    boolean failed = progress.failedToStart() || progress.failedToPlay();
    boolean left =
        ended && !progress.pictured() && !progress.failedToStart() && wasSeenWaiting(tally);
    tally.set(Measure.VIEWS, progress.asked() ? 1 : 0);
    tally.set(Measure.PLAYS, progress.shown() ? 1 : 0);
    tally.set(Measure.EXITS_BEFORE_START, left ? 1 : 0);
    tally.set(Measure.START_FAILURES, progress.failedToStart() && !progress.shown() ? 1 : 0);
    tally.set(Measure.PLAYBACK_FAILURES, progress.failedToPlay() ? 1 : 0);
    tally.set(Measure.FAILED_VIEWS, failed ? 1 : 0);
    tally.set(Measure.ENDED, ended ? 1 : 0);
  }

  /** Whether anybody saw a view that showed nothing; nobody leaves what he never looked at. */
  private boolean wasSeenWaiting(Tally tally) {
    return tally.get(Measure.STARTING_MILLIS) > 0 || !background;
  }
}
