package io.aircheck.core.task;

import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.sound.SoundBlock;

/**
 * How loud the sound of one rendition has been of late, by blocks of 10 ms of the timestamps of the
 * input, which are the same in all renditions of a ladder. Not thread-safe.
 */
final class SoundLevels {
  /** Blocks that are kept: 40 s, since renditions are read some seconds apart. */
  private static final int KEPT = 4096;

  private static final long BLOCK_MICROS = 1_000_000 / SoundBlock.BLOCKS_PER_SECOND;

  /** Power that is added, full scale 1: -60 dB; noise of codecs in silence is no change. */
  private static final double FLOOR = 1e-6;

  private final float[] decibels = new float[KEPT];
  private String track = "";
  private long sequence = -1;
  private long first;
  private long next;

  /** Takes the next block; of the first track that there is. */
  void add(SoundBlock block, TimestampScope scope) {
    if (!scope.known() || (!track.isEmpty() && !track.equals(block.trackId()))) {
      return;
    }
    track = block.trackId();
    long index = Math.round((double) (block.startMicros() + scope.offsetMicros()) / BLOCK_MICROS);
    if (scope.sequence() != sequence || Math.abs(index - next) > 1) {
      sequence = scope.sequence();
      first = index;
      next = index;
    }
    // Blocks are whole samples: now and then two begin within the same hundredth, or in none.
    float level = level(block);
    while (next <= index) {
      decibels[slot(next++)] = level;
    }
    first = Math.max(first, next - KEPT);
  }

  private static float level(SoundBlock block) {
    double power = FLOOR;
    for (int channel = 0; channel < block.channels(); channel++) {
      power += block.power(channel);
    }
    return (float) (10 * Math.log10(power));
  }

  private static int slot(long index) {
    return Math.floorMod(index, KEPT);
  }

  /** Discontinuity sequence number of what is kept. */
  long sequence() {
    return sequence;
  }

  /** Index after the newest block. */
  long end() {
    return next;
  }

  /** Whether all blocks from one index to before another are there. */
  boolean has(long from, long to) {
    return from >= first && to <= next;
  }

  /** How much louder each block is than the one two before it, in decibels. */
  double[] changes(long from, long to) {
    double[] changes = new double[(int) (to - from)];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = decibels[slot(from + i)] - decibels[slot(from + i - 2)];
    }
    return changes;
  }
}
