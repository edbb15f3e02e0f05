package io.aircheck.benchmarks.soak;

import java.util.random.RandomGenerator;

/**
 * A time in which a stream is as it is.
 *
 * @param millis how long
 */
record Spell(Trouble trouble, long millis) {

  /** What can be wrong with a stream. */
  enum Trouble {
    /** Nothing. */
    NONE,
    /** Nothing new comes: the playlist stands, the connection is silent. */
    STALL,
    /** Segments and connections end in the middle. */
    CUT,
    /** Bytes are damaged. */
    CORRUPT,
    /** Another programme begins, of another size and with other sound. */
    FORMAT,
    /** Everything is answered with 404. */
    MISSING,
    /** Requests are taken and never answered. */
    HANG,
    /** Connections are closed, new ones refused; then it returns, often as a new encoder does. */
    VANISH
  }

  private static final Trouble[] TROUBLES = {
    Trouble.STALL,
    Trouble.CUT,
    Trouble.CORRUPT,
    Trouble.FORMAT,
    Trouble.MISSING,
    Trouble.HANG,
    Trouble.VANISH
  };

  /** One in so many healthy spells is long enough to tell whether the stream was stuck. */
  private static final int LONG_ONES = 12;

  private static final long LONG_MILLIS = 75_000;

  /** The next spell: trouble and health take turns. */
  static Spell after(Trouble before, RandomGenerator random) {
    if (before != Trouble.NONE) {
      boolean isLong = random.nextInt(LONG_ONES) == 0;
      return new Spell(Trouble.NONE, isLong ? LONG_MILLIS : random.nextLong(3_000, 15_000));
    }
    Trouble next = TROUBLES[random.nextInt(TROUBLES.length)];
    long millis =
        switch (next) {
          // Up to beyond the time after which readers give up.
          case STALL, HANG, VANISH -> random.nextLong(2_000, 20_000);
          case FORMAT -> 0;
          default -> random.nextLong(2_000, 8_000);
        };
    return new Spell(next, millis);
  }
}
