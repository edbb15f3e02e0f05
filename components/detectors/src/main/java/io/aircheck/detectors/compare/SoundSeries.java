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

  static SoundSeries of(List<Fingerprint> fingerprints) {
    if (fingerprints.isEmpty()) {
      return new SoundSeries(0, 0);
    }
    long start = fingerprints.getFirst().ptsMicros() / 1000;
    Fingerprint last = fingerprints.getLast();
    long end = last.ptsMicros() / 1000 + (long) last.values().length * TernaryCode.DIGITS;
    SoundSeries series = new SoundSeries(start, (int) (end - start));
    for (Fingerprint fingerprint : fingerprints) {
      int at = (int) (fingerprint.ptsMicros() / 1000 - start);
      for (float value : fingerprint.values()) {
        for (int i = 0; i < TernaryCode.DIGITS; i++, at++) {
          int digit = TernaryCode.digit(value, i);
          if (digit > 0) {
            series.above[at >> 6] |= 1L << at;
          } else if (digit < 0) {
            series.below[at >> 6] |= 1L << at;
          }
        }
      }
    }
    return series;
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
