package io.aircheck.detectors.sync;

import io.aircheck.core.sound.SoundBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Recognises the beeps of a test signal: sound that sets in out of near silence that has lasted for
 * some time, and is over soon. The onset is found to the sample.
 */
final class BeepOnset {
  /** Peak of what counts as silence between beeps: -50 dBFS. */
  private static final double SILENCE = 0.00316;

  /** Peak of a beep at least: -36 dBFS. */
  private static final double BEEP = 0.0158;

  private static final long SILENCE_MICROS = 300_000;
  private static final long LONGEST_BEEP_MICROS = 400_000;

  private long silentSinceMicros = -1;
  private long onsetMicros = -1;

  /** What a block tells. */
  enum Event {
    NONE,
    /** A beep that began at {@link #take} is over. */
    BEEP,
    /** The sound is not that of a test signal. */
    OTHER
  }

  Event block(SoundBlock block) {
    double peak = 0;
    for (int c = 0; c < block.channels(); c++) {
      peak = Math.max(peak, block.peak(c));
    }
    if (peak < SILENCE) {
      if (silentSinceMicros < 0) {
        silentSinceMicros = block.startMicros();
      }
      return onsetMicros >= 0 ? Event.BEEP : Event.NONE;
    }
    long silent = silentSinceMicros < 0 ? 0 : block.startMicros() - silentSinceMicros;
    silentSinceMicros = -1;
    if (onsetMicros >= 0) {
      if (block.endMicros() - onsetMicros <= LONGEST_BEEP_MICROS) {
        return Event.NONE;
      }
      onsetMicros = -1;
      return Event.OTHER;
    }
    if (silent >= SILENCE_MICROS) {
      onsetMicros = firstSample(block);
      return Event.NONE;
    }
    return Event.OTHER;
  }

  /**
   * Where the block first reaches a tenth of its peak, or that of a beep: past echoes of coding.
   */
  private static long firstSample(SoundBlock block) {
    double threshold = SILENCE;
    for (int c = 0; c < block.channels(); c++) {
      threshold = Math.max(threshold, Math.min(BEEP, block.peak(c) / 4));
    }
    for (int i = 0; i < block.sampleCount(); i++) {
      for (int c = 0; c < block.channels(); c++) {
        if (Math.abs(block.channel(c)[i]) >= threshold) {
          return block.startMicros() + Math.round(i * 1e6 / block.sampleRate());
        }
      }
    }
    return block.startMicros();
  }

  /** Media time of the first sample of the beep that is over, and forgets it. */
  long take() {
    long onset = onsetMicros;
    onsetMicros = -1;
    return onset;
  }

  void reset() {
    silentSinceMicros = -1;
    onsetMicros = -1;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(silentSinceMicros);
    state.writeLong(onsetMicros);
  }

  void restore(DataInput state) throws IOException {
    silentSinceMicros = state.readLong();
    onsetMicros = state.readLong();
  }
}
