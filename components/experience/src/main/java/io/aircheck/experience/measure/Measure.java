package io.aircheck.experience.measure;

import java.util.Locale;

/**
 * One thing that is summed. The sum over views, windows or dimensions is the measure of all of
 * them. Sums may fall again when a view turns out to go on: then what was said of its end is taken
 * back.
 */
public enum Measure {
  VIEWS("views", "Views that were asked to play"),
  PLAYS("views", "Views that showed a picture of the content"),
  EXITS_BEFORE_START("views", "Views left while waiting for any picture, without a fatal error"),
  START_FAILURES("views", "Views that a fatal error ended before a picture of the content"),
  PLAYBACK_FAILURES("views", "Views with a fatal error after a picture of the content"),
  ENDED("views", "Views that are over"),
  VIEWERS("views", "Views that were watched in a window of time; meaningful per window"),

  STARTUPS("views", "Plays whose start-up time is known"),
  STARTUP_MILLIS("ms", "Start-up time of those"),

  WATCHED_MILLIS("ms", "Playing and visible waiting for start, for data and for seeks"),
  PLAYING_MILLIS("ms", "Pictures moved"),
  STARTING_MILLIS("ms", "Waiting for the first picture"),
  STALLED_MILLIS("ms", "Waiting for data, neither at the start nor after a seek"),
  SEEKING_MILLIS("ms", "Waiting after a seek or a restart"),
  PAUSED_MILLIS("ms", "Paused"),
  AD_MILLIS("ms", "In advertisements"),
  BACKGROUND_MILLIS("ms", "Playing or waiting where nobody sees it"),
  GAP_MILLIS("ms", "Between reports that are too far apart to say what was in between"),

  STALLS("stalls", "Interruptions for want of data, neither at the start nor after a seek"),
  SEEKS("seeks", "Seeks of the viewer"),
  REPAIRED_STALLS("stalls", "Of the stalls, those that only totals of the player told"),
  REPAIRED_MILLIS("ms", "Time moved between playing and stalled as totals of the player told"),

  MEDIA_MILLIS("ms", "Media shown: playing time by its rate"),
  BITRATE_MILLIS("ms", "Media shown whose bitrate is known"),
  BITS("bit", "Bits of that media"),
  LADDER_MILLIS("ms", "Media shown whose bitrate and best possible bitrate are known"),
  QUALITY_MILLIS("ms", "That media, weighted by its bitrate as a share of the best possible"),
  SWITCHES_UP("switches", "Changes to a higher bitrate"),
  SWITCHES_DOWN("switches", "Changes to a lower bitrate"),

  LATENCY_MILLIS("ms", "Playing time whose live latency is known"),
  LATENCY_AREA("ms²", "Live latency by the playing time it lasted"),
  DROPPED_FRAMES("frames", "Pictures not shown for want of time"),
  ERRORS("errors", "Errors told, fatal or not"),

  REPORTS("reports", "Reports taken in, late ones included"),
  LATE("reports", "Reports that came after later ones had been taken"),
  DUPLICATES("reports", "Reports that had come before, not taken in"),
  LOST("reports", "Numbers of reports that never came"),

  // Jobs know measures by their places: new ones are to be the last.
  EXPECTED_REPORTS(
      "reports", "Numbers of reports that were taken in, and of those that never came"),
  FAILED_VIEWS("views", "Views with a fatal error, also where a retry succeeded");

  private final String unit;
  private final String meaning;

  Measure(String unit, String meaning) {
    this.unit = unit;
    this.meaning = meaning;
  }

  /** Its name in interfaces, such as {@code stalledMillis}. */
  public String id() {
    StringBuilder id = new StringBuilder();
    for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
      id.append(id.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return id.toString();
  }

  /** Its unit. */
  public String unit() {
    return unit;
  }

  /** What it says, in a sentence. */
  public String meaning() {
    return meaning;
  }
}
