package io.aircheck.media.timeline;

/** Timestamps of a limited number of bits, such as the 33 bits of MPEG systems. */
public final class Timestamps {
  private Timestamps() {}

  /**
   * The timestamp without wrap that is nearest to a reference.
   *
   * @param raw timestamp as found, in any unit
   * @param reference an unwrapped timestamp less than half a period away from the true value
   * @param bits width of the timestamps; 63 and more: they do not wrap
   */
  public static long unwrapNear(long raw, long reference, int bits) {
    if (bits >= 63 || bits <= 0) {
      return raw;
    }
    long period = 1L << bits;
    return raw + Math.floorDiv(reference - raw + period / 2, period) * period;
  }
}
