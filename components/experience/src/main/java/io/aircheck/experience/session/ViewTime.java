package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionEnd.Reason;

/**
 * Time of the present view of a session: when it began, up to when it is counted, and as what.
 * Moments are by the clock of the service.
 */
final class ViewTime {
  private final SessionPolicy policy;
  private final SessionTrace trace;
  private final ViewSums sums;

  private long startedMillis;
  private long startedClientMillis;
  private long atMillis;

  ViewTime(SessionPolicy policy, SessionTrace trace, ViewSums sums, View view) {
    this.policy = policy;
    this.trace = trace;
    this.sums = sums;
    startedMillis = view.startedMillis();
    startedClientMillis = view.startedClientMillis();
    atMillis = view.atMillis();
  }

  long startedMillis() {
    return startedMillis;
  }

  long startedClientMillis() {
    return startedClientMillis;
  }

  /** Moment up to which time is counted; {@link View#NEVER}: none yet. */
  long atMillis() {
    return atMillis;
  }

  /** The same, or another moment if there is none yet. */
  long atOr(long millis) {
    return atMillis == View.NEVER ? millis : atMillis;
  }

  /** All moments so far were a little earlier. */
  void shift(long millis) {
    if (atMillis != View.NEVER) {
      atMillis += millis;
    }
    if (startedMillis != View.NEVER) {
      startedMillis += millis;
    }
  }

  /** The view begins with a report, if it has not begun before. */
  void start(ViewerReport report) {
    if (startedMillis == View.NEVER) {
      startedMillis = atMillis;
      startedClientMillis = report.eventMillis();
    }
  }

  /** The next view has not begun. */
  void next() {
    startedMillis = View.NEVER;
  }

  SessionEnd end(Reason reason) {
    return new SessionEnd(
        reason, startedMillis, startedClientMillis, atMillis, sums.tally().totals());
  }

  /**
   * Counts the time up to a moment as what the player did since the last report.
   *
   * @return how much of it is known to be spent so, which silence is not
   */
  long advance(Activity activity, Playback playback, long millis) {
    if (atMillis == View.NEVER) {
      atMillis = millis;
    }
    if (millis - atMillis > policy.timeoutMillis()) {
      if (activity != Activity.NONE) {
        sums.enter(millis);
        sums.tally().add(Measure.GAP_MILLIS, millis - atMillis);
        trace.silent(sums.number(), atMillis, millis);
      }
      atMillis = millis;
    }
    long fromMillis = atMillis;
    atMillis = Math.max(atMillis, millis);
    spend(activity, playback, fromMillis, atMillis);
    return atMillis - fromMillis;
  }

  /** Counts the last stretch before the present moment, of which nothing was known. */
  void know(Activity activity, Playback playback, long millis) {
    spend(activity, playback, atMillis - millis, atMillis);
    sums.enter(atMillis);
  }

  /** Counts time in each window that it is in. */
  private void spend(Activity activity, Playback playback, long fromMillis, long toMillis) {
    Measure measure = activity.measure();
    if (fromMillis >= toMillis || measure == null) {
      return;
    }
    trace.spent(sums.number(), activity, fromMillis, toMillis);
    long at = fromMillis;
    while (at < toMillis) {
      long until = Math.min(toMillis, policy.windowOf(at) + policy.windowMillis());
      sums.enter(at);
      add(measure, activity, playback, until - at);
      at = until;
    }
  }

  private void add(Measure measure, Activity activity, Playback playback, long millis) {
    Tally tally = sums.tally();
    tally.add(measure, millis);
    if (activity.isWatched()) {
      tally.add(Measure.WATCHED_MILLIS, millis);
    }
    if (activity == Activity.PLAYING) {
      if (playback.background()) {
        tally.add(Measure.BACKGROUND_MILLIS, millis);
      }
      new MediaShown(playback, tally).add(millis);
    }
    if (activity.hasViewer()) {
      sums.present();
    }
  }
}
