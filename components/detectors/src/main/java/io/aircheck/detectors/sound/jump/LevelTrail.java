package io.aircheck.detectors.sound.jump;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.sound.SoundBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The last three seconds of a track, block by block: loudness, levels of the bands, and whether a
 * channel is driven against full scale. Blocks are counted from the one in the middle, whose past
 * and future are both known.
 */
final class LevelTrail {
  /** Blocks on each side of the middle: 1.5 s. */
  static final int SIDE = 150;

  private static final int KEPT = 2 * SIDE + 1;

  /** A block this close to full scale is driven against it when its power is close to its peak. */
  private static final double DRIVEN_PEAK = 0.95;

  private static final double DRIVEN_POWER = 0.25;

  private final List<Integer> listened = new ArrayList<>();
  private final BandLevels bands;
  private final double[][] levels;
  private final double[] powers = new double[KEPT];
  private final boolean[] driven = new boolean[KEPT];
  private int next;
  private int size;

  LevelTrail(int sampleRate, ChannelLayout layout) {
    for (int c = 0; c < layout.size(); c++) {
      if (layout.roles().get(c) != ChannelRole.LFE) {
        listened.add(c);
      }
    }
    bands =
        new BandLevels(
            sampleRate, Math.max(1, Math.round((float) sampleRate / SoundBlock.BLOCKS_PER_SECOND)));
    levels = new double[KEPT][bands.count()];
  }

  void add(SoundBlock block) {
    double power = 0;
    boolean full = false;
    float[][] channels = new float[listened.size()][];
    for (int i = 0; i < channels.length; i++) {
      int c = listened.get(i);
      channels[i] = block.channel(c);
      power += block.channelLayout().roles().get(c).loudnessWeight() * block.weightedPower(c);
      double peak = block.peak(c);
      full |= peak >= DRIVEN_PEAK && block.power(c) >= DRIVEN_POWER * peak * peak;
    }
    powers[next] = power;
    driven[next] = full;
    bands.measure(channels, levels[next]);
    next = (next + 1) % KEPT;
    size = Math.min(size + 1, KEPT);
  }

  boolean isFull() {
    return size == KEPT;
  }

  int bands() {
    return bands.count();
  }

  /**
   * @param block -{@link #SIDE}..{@link #SIDE}, counted from the middle
   * @return level of a band, dBFS
   */
  double level(int block, int band) {
    return levels[at(block)][band];
  }

  /** Mean level of a band over some blocks, dBFS. */
  double level(int firstBlock, int blocks, int band) {
    double sum = 0;
    for (int i = 0; i < blocks; i++) {
      sum += level(firstBlock + i, band);
    }
    return sum / blocks;
  }

  /** Mean weighted power of some blocks. */
  double power(int firstBlock, int blocks) {
    double sum = 0;
    for (int i = 0; i < blocks; i++) {
      sum += powers[at(firstBlock + i)];
    }
    return sum / blocks;
  }

  /** Share of the blocks that are driven against full scale. */
  double drivenShare(int firstBlock, int blocks) {
    int count = 0;
    for (int i = 0; i < blocks; i++) {
      if (driven[at(firstBlock + i)]) {
        count++;
      }
    }
    return (double) count / blocks;
  }

  private int at(int block) {
    return Math.floorMod(next + SIDE + block, KEPT);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(next);
    state.writeInt(size);
    for (int i = 0; i < KEPT; i++) {
      state.writeDouble(powers[i]);
      state.writeBoolean(driven[i]);
      for (double level : levels[i]) {
        state.writeDouble(level);
      }
    }
  }

  void restore(DataInput state) throws IOException {
    next = state.readInt();
    size = state.readInt();
    for (int i = 0; i < KEPT; i++) {
      powers[i] = state.readDouble();
      driven[i] = state.readBoolean();
      for (int band = 0; band < levels[i].length; band++) {
        levels[i][band] = state.readDouble();
      }
    }
  }
}
