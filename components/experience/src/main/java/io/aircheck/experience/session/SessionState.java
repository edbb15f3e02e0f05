package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.ViewerReport;
import java.util.List;

/**
 * All that is kept of a session. Small: about a kilobyte.
 *
 * @param session its id
 * @param clock how the clock of the player stands to that of the service
 * @param channels numbers of reports, by the report streams of the player
 * @param waiting reports that wait for earlier ones, in their order
 * @param told totals of the player
 * @param view the present view
 * @param heardMillis when the session was heard last, by the clock of the service
 */
public record SessionState(
    String session,
    ClientClock clock,
    List<Channel> channels,
    List<ViewerReport> waiting,
    Told told,
    View view,
    long heardMillis) {

  public SessionState {
    channels = List.copyOf(channels);
    waiting = List.copyOf(waiting);
  }

  static SessionState first(String session) {
    return new SessionState(
        session, ClientClock.UNKNOWN, List.of(), List.of(), Told.NOTHING, View.FIRST, View.NEVER);
  }

  /** Whether nothing is known: a runtime need not keep it. */
  public boolean isEmpty() {
    return heardMillis == View.NEVER;
  }

  /** Whether somebody watches, or is about to. */
  public boolean isOpen() {
    return !isEmpty() && view.end() == null && view.progress().asked();
  }

  /** What the present view has in common with others. */
  public Cohort cohort() {
    return view.cohort();
  }

  /** All that was measured of the present view. */
  public Measures totals() {
    return view.totals();
  }
}
