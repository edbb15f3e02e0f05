package io.aircheck.app.serve.checks;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A check of one finite input. Immutable; a record of plain values, kept as JSON.
 *
 * @param id unique
 * @param input what people see: an address without secrets, or the name of an uploaded file
 * @param url address as it was given; empty for an uploaded file
 * @param policy name of the policy that says what to look for
 * @param state where it stands
 * @param problem why the input could not be checked, or not to its end
 * @param findings number of findings by severity
 * @param createdMillis when it was asked for, wall clock
 * @param finishedMillis when it was over
 */
public record Check(
    String id,
    String input,
    Optional<String> url,
    String policy,
    State state,
    Optional<String> problem,
    Map<String, Integer> findings,
    long createdMillis,
    OptionalLong finishedMillis) {

  /** Where a check stands. */
  public enum State {
    /** Others are before it. */
    WAITING,
    /** It is being checked. */
    RUNNING,
    /** There is a report. */
    FINISHED,
    /** The input could not be opened; the report says why. */
    FAILED;

    /** Whether nothing will change any more. */
    public boolean isOver() {
      return this == FINISHED || this == FAILED;
    }
  }

  public Check {
    findings = new TreeMap<>(findings);
  }

  Check in(State next) {
    return new Check(
        id, input, url, policy, next, problem, findings, createdMillis, finishedMillis);
  }

  Check over(State end, Optional<String> why, Map<String, Integer> found, long atMillis) {
    return new Check(
        id, input, url, policy, end, why, found, createdMillis, OptionalLong.of(atMillis));
  }
}
