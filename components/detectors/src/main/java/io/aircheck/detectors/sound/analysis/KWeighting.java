package io.aircheck.detectors.sound.analysis;

/**
 * Coefficients of the K weighting of ITU-R BS.1770-4 (annex 1: a shelf for the head, then a high
 * pass) for any sample rate.
 *
 * <p>The recommendation prints coefficients for 48 kHz only. They are the bilinear transform of two
 * analogue second-order sections, whose parameters follow from the printed digits (B. De Man,
 * "Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018); here they
 * are transformed again for each rate.
 */
final class KWeighting {
  private static final double SHELF_HERTZ = 1681.974450955533;
  private static final double SHELF_DECIBELS = 3.999843853973347;
  private static final double SHELF_Q = 0.7071752369554196;
  private static final double SHELF_BAND_EXPONENT = 0.4996667741545416;
  private static final double HIGH_PASS_HERTZ = 38.13547087602444;
  private static final double HIGH_PASS_Q = 0.5003270373238773;

  private KWeighting() {}

  /** A second-order section {@code (b0 + b1/z + b2/z²) / (1 + a1/z + a2/z²)}. */
  record Section(double b0, double b1, double b2, double a1, double a2) {}

  /** First section: about +4 dB above 2 kHz. */
  static Section shelf(int sampleRate) {
    double k = Math.tan(Math.PI * SHELF_HERTZ / sampleRate);
    double high = Math.pow(10, SHELF_DECIBELS / 20);
    double band = Math.pow(high, SHELF_BAND_EXPONENT);
    double a0 = 1 + k / SHELF_Q + k * k;
    return new Section(
        (high + band * k / SHELF_Q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / SHELF_Q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / SHELF_Q + k * k) / a0);
  }

  /** Second section: high pass at 38 Hz. Its numerator is 1, -2, 1 as in the recommendation. */
  static Section highPass(int sampleRate) {
    double k = Math.tan(Math.PI * HIGH_PASS_HERTZ / sampleRate);
    double a0 = 1 + k / HIGH_PASS_Q + k * k;
    return new Section(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / HIGH_PASS_Q + k * k) / a0);
  }
}
