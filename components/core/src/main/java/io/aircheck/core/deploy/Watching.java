package io.aircheck.core.deploy;

import java.time.Duration;

/**
 * How closely a stream is watched.
 *
 * @param light whether a ladder on which nothing is suspicious is watched lightly: the smallest
 *     rendition with pictures in full, of the others what can be told from key pictures, packets
 *     and playlists. Has no effect on an input with one rendition, or with a reference
 * @param calm media time after the last suspicion until light watching begins again
 */
public record Watching(boolean light, Duration calm) {
  /** Media time where none is set. */
  public static final Duration DEFAULT_CALM = Duration.ofSeconds(60);

  /** Everything is decoded, always. */
  public static final Watching FULL = new Watching(false, DEFAULT_CALM);

  public Watching {
    if (calm.isNegative()) {
      throw new IllegalArgumentException("calm is " + calm);
    }
  }

  /** Light watching with the usual calm time. */
  public static Watching lightly() {
    return new Watching(true, DEFAULT_CALM);
  }
}
