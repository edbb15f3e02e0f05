package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Fingerprint;
import java.util.List;

/** The digits of consecutive {@link SoundSignature}s, a bit per millisecond and sign. */
final class SoundSeries {
  private final long startMillis;
  private final int length;
  private final long[] above;
  private final long[] below;

  private SoundSeries(long startMillis, int length) {
    this.startMillis = startMillis;
    this.length = length;
    this.above = new long[(length + 63) / 64];
    this.below = new long[(length + 63) / 64];
  }

  /**
   * The digits of signatures in the order in which they begin. Where two overlap, as after a time
   * line that was taken up again a little earlier, the later one counts.
   */
  static SoundSeries of(List<Fingerprint> fingerprints) {
    if (fingerprints.isEmpty()) {
      return new SoundSeries(0, 0);
    }
    long start = fingerprints.getFirst().ptsMicros() / 1000;
    long end = fingerprints.stream().mapToLong(SoundSeries::endMillis).max().orElse(start);
    SoundSeries series = new SoundSeries(start, (int) (end - start));
    for (Fingerprint fingerprint : fingerprints) {
      int at = (int) (fingerprint.ptsMicros() / 1000 - start);
      for (float value : fingerprint.values()) {
        for (int i = 0; i < TernaryCode.DIGITS; i++, at++) {
          series.set(at, TernaryCode.digit(value, i));
        }
      }
    }
    return series;
  }

  private static long endMillis(Fingerprint fingerprint) {
    return fingerprint.ptsMicros() / 1000 + (long) fingerprint.values().length * TernaryCode.DIGITS;
  }

  private void set(int at, int digit) {
    int word = at >> 6;
    long bit = 1L << at;
    above[word] = digit > 0 ? above[word] | bit : above[word] & ~bit;
    below[word] = digit < 0 ? below[word] | bit : below[word] & ~bit;
  }

  long startMillis() {
    return startMillis;
  }

  long endMillis() {
    return startMillis + length;
  }

  /** 64 digits above from a millisecond on, as bits; those outside are 0. */
  long aboveAt(long milli) {
    return bitsAt(above, milli - startMillis);
  }

  /** 64 digits below from a millisecond on, as bits; those outside are 0. */
  long belowAt(long milli) {
    return bitsAt(below, milli - startMillis);
  }

  private static long bitsAt(long[] words, long bit) {
    int word = (int) Math.floorDiv(bit, 64L);
    int shift = (int) Math.floorMod(bit, 64L);
    long low = word >= 0 && word < words.length ? words[word] >>> shift : 0;
    long high =
        shift > 0 && word + 1 >= 0 && word + 1 < words.length ? words[word + 1] << (64 - shift) : 0;
    return low | high;
  }
}
