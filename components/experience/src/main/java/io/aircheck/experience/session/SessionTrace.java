package io.aircheck.experience.session;

import io.aircheck.experience.report.ViewerReport;

/**
 * Is told how a session is read, step by step: what its sums are made of. Called by the thread that
 * uses the fold. Moments are by the clock of the service.
 */
public interface SessionTrace {
  /** Is told, and forgets. */
  SessionTrace NONE =
      new SessionTrace() {
        @Override
        public void taken(int view, ViewerReport report, long millis) {}

        @Override
        public void spent(int view, Activity activity, long fromMillis, long toMillis) {}

        @Override
        public void silent(int view, long fromMillis, long toMillis) {}

        @Override
        public void shifted(long millis) {}

        @Override
        public void ended(int view, SessionEnd.Reason reason, long millis) {}
      };

  /**
   * A report was taken in, as it was mended.
   *
   * @param view number of the view that it belongs to
   * @param millis when it happened
   */
  void taken(int view, ViewerReport report, long millis);

  /**
   * Time was counted. Stretches of a view come in their order, except that of a player which only
   * later turns out to tell no states.
   */
  void spent(int view, Activity activity, long fromMillis, long toMillis);

  /** Reports are too far apart to say what was in between. */
  void silent(int view, long fromMillis, long toMillis);

  /** All moments of the session so far were so much later; it may be negative. */
  void shifted(long millis);

  /** A view is over, as far as is known. */
  void ended(int view, SessionEnd.Reason reason, long millis);
}
