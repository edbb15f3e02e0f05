package io.aircheck.audience.fault;

import io.aircheck.core.detect.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can go wrong for viewers, and how much worse it makes it unless told otherwise. */
public enum FaultKind {
  /** Stalls come so many times as often. */
  STALLS(20),
  /** The start takes so many times as long. */
  SLOW_START(6),
  /** Starts fail so many times as often. */
  START_FAILURES(100),
  /** Playback fails so many times as often. */
  FAILURES(200),
  /** Errors that are not fatal come so many times as often. */
  ERRORS(100),
  /** Viewers leave so many times as often, as they do when the picture stands still. */
  EXITS(10),
  /** Players change their bitrate so many times as often, and only to the lowest. */
  LOW_BITRATE(10);

  private final double usualTimes;

  FaultKind(double usualTimes) {
    this.usualTimes = usualTimes;
  }

  /** Its name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How much worse it makes it unless told otherwise. */
  public double usualTimes() {
    return usualTimes;
  }

  /** The names of all. */
  public static List<String> words() {
    return Arrays.stream(values()).map(FaultKind::word).toList();
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException for an unknown name; the message is one line for the user
   */
  static FaultKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown fault " + word + Suggestion.among(words(), word)));
  }
}
