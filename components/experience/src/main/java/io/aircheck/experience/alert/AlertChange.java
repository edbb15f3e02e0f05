package io.aircheck.experience.alert;

/**
 * Something happened to an alert.
 *
 * @param type what happened
 * @param alert the alert as it is now
 * @param atMillis end of the window that showed it, by the clock of the service
 */
public record AlertChange(Type type, Alert alert, long atMillis) {

  /** What can happen to an alert. */
  public enum Type {
    OPENED,
    /** It became much worse, or hit many more viewers. */
    UPDATED,
    /** It is over, its viewers have gone, or a wider alert has taken its place. */
    CLOSED
  }
}
