package io.aircheck.experience.report;

/** What a player does from a report on until the next that says something else. */
public enum PlayerState {
  /** Media is loaded, but nobody has asked for it to play. */
  PRELOADING,
  /** Asked to play, and nothing is shown yet. */
  STARTING,
  /**
   * Asked to play; whether pictures move is not told. They do if the content has been shown before,
   * else from when something tells it, be it that the place in the media moves.
   */
  ASKED,
  /** Pictures move. */
  PLAYING,
  /** Stopped by the viewer. */
  PAUSED,
  /** Looking for another place, as the viewer wished. */
  SEEKING,
  /** Stopped for want of data. */
  REBUFFERING,
  /** Has what it sought or waited for, and does again what it did before. */
  RESUMED,
  /** At the end of the content. */
  ENDED,
  /** Given up after a fatal error. */
  FAILED,
  /** Left by the viewer. */
  QUIT;

  /** Whether nothing comes after it in a session, unless the viewer plays again. */
  public boolean isFinal() {
    return this == ENDED || this == FAILED || this == QUIT;
  }
}
