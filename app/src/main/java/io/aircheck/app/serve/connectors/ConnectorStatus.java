package io.aircheck.app.serve.connectors;

import java.util.Optional;

/**
 * How a connector is.
 *
 * @param name of it
 * @param type what the other system takes
 * @param state what it does
 * @param problem why the latest attempt failed, or what of it was not taken; empty: nothing did
 * @param lagMillis how old the oldest thing is that is complete and was not told
 * @param waiting news of sessions that wait
 * @param sent events or points that have arrived
 * @param refused of those, what the other system will never take
 * @param droppedSessions news of sessions that went because too many waited
 * @param droppedWindows windows of sums that were forgotten before they were told
 * @param lastSentMillis when something arrived last; 0: nothing has since the start
 */
public record ConnectorStatus(
    String name,
    String type,
    State state,
    Optional<String> problem,
    long lagMillis,
    int waiting,
    long sent,
    long refused,
    long droppedSessions,
    long droppedWindows,
    long lastSentMillis) {

  /** What a connector does. */
  public enum State {
    /** Reports of the time before are being read again. */
    STARTING,
    /** What there is to tell arrives. */
    OK,
    /** The other system is away or busy; it is tried again. */
    WAITING,
    /** The other system refuses; it is tried again some times. */
    REFUSED
  }
}
