package io.aircheck.detectors.sync;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Recognises the flashes of a test signal in the mean luma of the pictures: a jump up out of a
 * level that has been constant for some time, and back to it soon. Anything livelier is not a test
 * signal.
 */
final class FlashOnset {
  /** Mean luma of a constant background moves by less, 8-bit levels. */
  private static final double CONSTANT = 4;

  /** Smallest jump of a flash, 8-bit levels. */
  private static final double JUMP = 30;

  private static final long REST_MICROS = 400_000;
  private static final long LONGEST_FLASH_MICROS = 300_000;

  private double rest = -1;
  private long restSinceMicros;
  private long onsetMicros = -1;

  /** What a picture tells. */
  enum Event {
    NONE,
    /** A flash that began at {@link #onsetMicros} is over. */
    FLASH,
    /** The pictures are not those of a test signal. */
    OTHER
  }

  Event picture(long ptsMicros, double meanLuma) {
    if (onsetMicros >= 0) {
      if (Math.abs(meanLuma - rest) < CONSTANT) {
        restSinceMicros = ptsMicros;
        return Event.FLASH;
      }
      if (meanLuma - rest >= JUMP && ptsMicros - onsetMicros <= LONGEST_FLASH_MICROS) {
        return Event.NONE;
      }
      return other(ptsMicros, meanLuma);
    }
    if (rest >= 0 && Math.abs(meanLuma - rest) < CONSTANT) {
      return Event.NONE;
    }
    if (rest >= 0 && meanLuma - rest >= JUMP && ptsMicros - restSinceMicros >= REST_MICROS) {
      onsetMicros = ptsMicros;
      return Event.NONE;
    }
    return other(ptsMicros, meanLuma);
  }

  private Event other(long ptsMicros, double meanLuma) {
    rest = meanLuma;
    restSinceMicros = ptsMicros;
    onsetMicros = -1;
    return Event.OTHER;
  }

  /** Media time of the first picture of the flash that is over, and forgets it. */
  long take() {
    long onset = onsetMicros;
    onsetMicros = -1;
    return onset;
  }

  void reset() {
    rest = -1;
    onsetMicros = -1;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeDouble(rest);
    state.writeLong(restSinceMicros);
    state.writeLong(onsetMicros);
  }

  void restore(DataInput state) throws IOException {
    rest = state.readDouble();
    restSinceMicros = state.readLong();
    onsetMicros = state.readLong();
  }
}
