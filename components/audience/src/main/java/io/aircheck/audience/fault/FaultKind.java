package io.aircheck.audience.fault;

import io.aircheck.core.detect.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can go wrong for viewers, and how strongly unless told otherwise. */
public enum FaultKind {
  /** Stalls come so many times as often. */
  STALLS(Effect.RATE, 20),
  /** The start takes so many times as long. */
  SLOW_START(Effect.RATE, 6),
  /** Starts fail so many times as often. */
  START_FAILURES(Effect.RATE, 100),
  /** Playback fails so many times as often. */
  FAILURES(Effect.RATE, 200),
  /** Errors that are not fatal come so many times as often. */
  ERRORS(Effect.RATE, 100),
  /** Viewers leave so many times as often, for whatever reason. */
  EXITS(Effect.RATE, 10),
  /** Players change their bitrate so many times as often, and only to the lowest. */
  LOW_BITRATE(Effect.RATE, 10),
  /** The picture is black. */
  BLACK(Effect.SIGHT, 0.03),
  /** The picture stands still. */
  FREEZE(Effect.SIGHT, 0.03),
  /** There is no sound; those who look elsewhere hear that too. */
  SILENCE(Effect.SIGHT, 0.02),
  /** It is not the programme that viewers came for. */
  WRONG_PROGRAMME(Effect.SIGHT, 0.02),
  /**
   * Nothing new leaves the origin: players play what they have, and wait until it goes on. What
   * they missed meanwhile they skip.
   */
  OUTAGE(Effect.DELIVERY, 1),
  /** A piece of the programme is missing: who gets there waits for as long as it is. */
  GAP(Effect.DELIVERY, 1);

  private final Effect effect;
  private final double usualStrength;

  FaultKind(Effect effect, double usualStrength) {
    this.effect = effect;
    this.usualStrength = usualStrength;
  }

  /** What it changes. */
  public Effect effect() {
    return effect;
  }

  /** Its name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How strong it is unless told otherwise, in the sense of its effect. */
  public double usualStrength() {
    return usualStrength;
  }

  /** Whether it is noticed by those who do not look. */
  public boolean isHeard() {
    return this == SILENCE;
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
