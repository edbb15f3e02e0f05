package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a session. Small: about a kilobyte.
 *
 * @param session its id
 * @param clock how the clock of the player stands to that of the service
 * @param channels numbers of reports, by the report streams of the player
 * @param waiting reports that wait for earlier ones, in their order
 * @param told totals of the player
 * @param correction mends what its player tells wrongly
 * @param view the present view
 * @param heardMillis when the session was heard last, by the clock of the service
 */
public record SessionState(
    String session,
    ClientClock clock,
    List<Channel> channels,
    List<ViewerReport> waiting,
    Told told,
    SessionCorrection correction,
    View view,
    long heardMillis) {

  public SessionState {
    channels = List.copyOf(channels);
    waiting = List.copyOf(waiting);
  }

  static SessionState first(String session, SessionCorrection correction) {
    return new SessionState(
        session,
        ClientClock.UNKNOWN,
        List.of(),
        List.of(),
        Told.NOTHING,
        correction,
        View.FIRST,
        View.NEVER);
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

  /** Number of the present view within the session, from 1. */
  public int viewNumber() {
    return view.number();
  }

  /** Beginning of the present view by the clock of the service; empty: it has none yet. */
  public OptionalLong startedMillis() {
    return view.startedMillis() == View.NEVER
        ? OptionalLong.empty()
        : OptionalLong.of(view.startedMillis());
  }

  /** What the player does since its last report; null: not told. */
  public @Nullable PlayerState playerState() {
    return view.playback().state();
  }

  /** Why the present view is over; null: it is not. */
  public SessionEnd.@Nullable Reason ended() {
    return view.end();
  }

  /** All that was measured of the present view. */
  public Measures totals() {
    return view.totals();
  }
}
