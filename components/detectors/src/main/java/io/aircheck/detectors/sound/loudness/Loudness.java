package io.aircheck.detectors.sound.loudness;

/** The scale of ITU-R BS.1770-4. */
final class Loudness {
  /** Absolute gate; nothing is told below it. */
  static final double GATE_LUFS = -70;

  private static final double OFFSET = -0.691;
  private static final double GATE_POWER = Math.pow(10, (GATE_LUFS - OFFSET) / 10);

  private Loudness() {}

  /** Loudness (LUFS) of a K-weighted mean square, summed over the channels with their weights. */
  static double ofPower(double power) {
    return power <= GATE_POWER ? GATE_LUFS : OFFSET + 10 * Math.log10(power);
  }
}
