package io.aircheck.audience.truth;

import java.util.Locale;

/**
 * What is known of viewers because it was made so. Names and meanings are those of the measures in
 * {@code docs/viewers/metrics.md}, so that both can be compared; they count what players told until
 * their last report, and what came after it is {@link #UNTOLD_MILLIS}.
 */
public enum TrueMeasure {
  VIEWS,
  PLAYS,
  EXITS_BEFORE_START,
  START_FAILURES,
  PLAYBACK_FAILURES,
  FAILED_VIEWS,
  ENDED,
  STARTUPS,
  STARTUP_MILLIS,
  WATCHED_MILLIS,
  PLAYING_MILLIS,
  STARTING_MILLIS,
  STALLED_MILLIS,
  SEEKING_MILLIS,
  PAUSED_MILLIS,
  AD_MILLIS,
  BACKGROUND_MILLIS,
  STALLS,
  SEEKS,
  MEDIA_MILLIS,
  BITRATE_MILLIS,
  BITS,
  LADDER_MILLIS,
  QUALITY_MILLIS,
  SWITCHES_UP,
  SWITCHES_DOWN,
  LATENCY_MILLIS,
  LATENCY_AREA,
  DROPPED_FRAMES,
  ERRORS,
  REPORTS,
  /** Watched after the last report of viewers who closed the tab without a word. */
  UNTOLD_MILLIS;

  /** Its name in interfaces, such as {@code stalledMillis}. */
  public String id() {
    StringBuilder id = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
      id.append(id.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return id.toString();
  }
}
