package io.aircheck.audience.viewer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How viewers and their players behave, as data: rates, means and shares. Times between things that
 * happen while something plays are exponential; lengths of waits are log-normal with the median
 * given here.
 */
public enum Habit {
  /** Mean time that somebody goes on watching, seconds. */
  WATCH_SECONDS(900),
  /** Median time to the first picture, seconds. */
  STARTUP_SECONDS(0.9),
  /** Mean wait that is borne before somebody leaves, seconds. */
  PATIENCE_SECONDS(40),
  /** Stalls in an hour of playing. */
  STALLS_PER_HOUR(2),
  /** Median length of a stall, seconds. */
  STALL_SECONDS(2),
  /** Changes of the bitrate in an hour of playing. */
  SWITCHES_PER_HOUR(20),
  /** Seeks in an hour of what is on demand. */
  SEEKS_PER_HOUR(6),
  /** Median wait for the place that was sought, seconds. */
  SEEK_SECONDS(0.6),
  /** Pauses in an hour of playing. */
  PAUSES_PER_HOUR(1),
  /** Mean length of a pause, seconds. */
  PAUSE_SECONDS(40),
  /** How often in an hour the player goes out of sight. */
  HIDES_PER_HOUR(2),
  /** Mean time for which it is out of sight, seconds. */
  HIDE_SECONDS(60),
  /** Changes to another content in an hour. */
  ZAPS_PER_HOUR(2),
  /** Breaks for advertisements in an hour. */
  AD_BREAKS_PER_HOUR(2),
  /** Mean length of advertisements, seconds. */
  AD_SECONDS(20),
  /** Changes of speed in an hour of what is on demand. */
  SPEEDS_PER_HOUR(0.5),
  /** Errors that are not fatal in an hour of playing. */
  ERRORS_PER_HOUR(0.3),
  /** Fatal errors in an hour of playing. */
  FAILURES_PER_HOUR(0.05),
  /** Share of starts that fail. */
  START_FAILURES(0.005),
  /** Share of starts that begin with an advertisement. */
  PREROLLS(0.1),
  /** Share of failures after which somebody tries again. */
  RETRIES(0.4),
  /** Share of those who leave without a word: they close the tab. */
  SILENT(0.4),
  /** Share of players that load before anybody wants them to play. */
  PRELOADS(0.1),
  /** Share of clocks that are hours to a year away; others are off by up to a second. */
  WRONG_CLOCKS(0.01);

  private final double usual;

  Habit(double usual) {
    this.usual = usual;
  }

  /** Its value unless told otherwise. */
  public double usual() {
    return usual;
  }

  /** Its name on the command line, such as {@code stallsPerHour}. */
  public String word() {
    StringBuilder word = new StringBuilder();
    for (String part : name().toLowerCase(Locale.ROOT).split("_")) {
      word.append(
          word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return word.toString();
  }

  /** The habit of a name. */
  public static Optional<Habit> of(String word) {
    return Arrays.stream(values()).filter(habit -> habit.word().equals(word)).findFirst();
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Habit::word).toList();
  }

  /** Whether it is a share, from 0 to 1. */
  boolean isShare() {
    return switch (this) {
      case START_FAILURES, PREROLLS, RETRIES, SILENT, PRELOADS, WRONG_CLOCKS -> true;
      default -> false;
    };
  }
}
