package io.aircheck.detectors.sound.jump;

import java.util.Arrays;

/**
 * Loudness of the active parts of a short stretch: 400 ms blocks with three quarters of overlap,
 * gated at -70 LUFS and then 10 LU below their mean, as ITU-R BS.1770-4 gates a programme. Pauses
 * between words do not count.
 *
 * @param lufs loudness of the active blocks; {@link #SILENT_LUFS} where there are none
 * @param medianLufs median loudness of the active blocks
 * @param loudestLufs loudness of the loudest block
 * @param activeShare share of the blocks that are active, 0..1
 */
record GatedLevel(double lufs, double medianLufs, double loudestLufs, double activeShare) {
  static final double SILENT_LUFS = -70;

  private static final int HOPS_PER_BLOCK = 4;
  private static final double RELATIVE_GATE = 0.1;

  /**
   * @param hopPowers weighted power of successive 100 ms, oldest first; at least four
   */
  static GatedLevel of(double[] hopPowers) {
    double[] blocks = new double[hopPowers.length - HOPS_PER_BLOCK + 1];
    double sum = 0;
    int audible = 0;
    double absoluteGate = power(SILENT_LUFS);
    for (int i = 0; i < blocks.length; i++) {
      double block = 0;
      for (int hop = 0; hop < HOPS_PER_BLOCK; hop++) {
        block += hopPowers[i + hop];
      }
      blocks[i] = block / HOPS_PER_BLOCK;
      if (blocks[i] > absoluteGate) {
        sum += blocks[i];
        audible++;
      }
    }
    if (audible == 0) {
      return new GatedLevel(SILENT_LUFS, SILENT_LUFS, SILENT_LUFS, 0);
    }
    double gate = Math.max(absoluteGate, RELATIVE_GATE * sum / audible);
    Arrays.sort(blocks);
    int first = 0;
    while (blocks[first] <= gate) {
      first++;
    }
    int active = blocks.length - first;
    double activeSum = 0;
    for (int i = first; i < blocks.length; i++) {
      activeSum += blocks[i];
    }
    return new GatedLevel(
        lufs(activeSum / active),
        lufs(blocks[first + active / 2]),
        lufs(blocks[blocks.length - 1]),
        (double) active / blocks.length);
  }

  /** Loudness of a weighted power (BS.1770-4 equation 2). */
  static double lufs(double power) {
    return power <= power(SILENT_LUFS) ? SILENT_LUFS : -0.691 + 10 * Math.log10(power);
  }

  /** Weighted power of a loudness. */
  static double power(double lufs) {
    return Math.pow(10, (lufs + 0.691) / 10);
  }
}
