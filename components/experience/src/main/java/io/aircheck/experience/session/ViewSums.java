package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of the present view of a session, and the deltas that tell them, of each window and cohort
 * apart.
 */
final class ViewSums {
  private final SessionPolicy policy;
  private final String session;
  private final List<SessionDelta> deltas = new ArrayList<>(2);

  private int number;
  private Cohort cohort;
  private Tally tally;
  private long unsentWindow;
  private long presentWindow;

  ViewSums(SessionPolicy policy, String session, View view) {
    this.policy = policy;
    this.session = session;
    number = view.number();
    cohort = view.cohort();
    tally = new Tally(view.totals(), view.unsent());
    unsentWindow = view.unsentWindow();
    presentWindow = view.presentWindow();
  }

  /** Number of the view within the session, from 1. */
  int number() {
    return number;
  }

  Cohort cohort() {
    return cohort;
  }

  /** Sums of the view; what is added to them is of the window entered last. */
  Tally tally() {
    return tally;
  }

  long unsentWindow() {
    return unsentWindow;
  }

  long presentWindow() {
    return presentWindow;
  }

  List<SessionDelta> deltas() {
    return deltas;
  }

  /** What is added from now on is of the window that a moment is in. */
  void enter(long millis) {
    long window = policy.windowOf(millis);
    if (window != unsentWindow) {
      send();
      unsentWindow = window;
    }
  }

  /** What is added from now on is of this cohort. */
  void place(Cohort now) {
    if (!now.equals(cohort)) {
      send();
      cohort = now;
    }
  }

  /** Counts the viewer, once in a window and not again in earlier ones. */
  void present() {
    if (unsentWindow > presentWindow) {
      tally.add(Measure.VIEWERS, 1);
      presentWindow = unsentWindow;
    }
  }

  /**
   * When what is unsent is to be told: when its window is over. What is taken in of it later, since
   * it waited for earlier reports, is told by itself.
   */
  long dueMillis() {
    return tally.unsent().isZero() ? Long.MAX_VALUE : unsentWindow + policy.windowMillis();
  }

  /** Tells what is unsent. */
  void send() {
    Measures unsent = tally.unsent();
    if (!unsent.isZero()) {
      deltas.add(new SessionDelta(session, number, unsentWindow, cohort, unsent, null));
    }
    tally.sent();
  }

  /** Tells what is unsent, and that the view is over. */
  void send(SessionEnd end) {
    deltas.add(new SessionDelta(session, number, unsentWindow, cohort, tally.unsent(), end));
    tally.sent();
  }

  /** The next view begins, in the same cohort until it tells another. */
  void next() {
    send();
    number++;
    tally = new Tally(Measures.ZERO, Measures.ZERO);
  }
}
