package io.aircheck.experience.report;

/**
 * Why a record was not taken. Each is counted; the records beside it in the same body are taken.
 */
public enum Rejection {
  /** It cannot be read at all. */
  MALFORMED,
  /** It is larger than the limit of its schema, or its session id is. */
  TOO_LARGE,
  /** It names no session. */
  NO_SESSION,
  /** Its schema demands a time, and it has none. */
  NO_TIME,
  /** Its time is none that a clock can show: negative, or after the year 9999. */
  CLOCK_IMPOSSIBLE,
  /** It is of a newer version of its schema, of which nothing may be assumed. */
  UNKNOWN_VERSION,
  /** It is of a kind that says nothing about playback. */
  NOT_OF_PLAYBACK,
  /** The viewer has opted out. */
  OPTED_OUT
}
