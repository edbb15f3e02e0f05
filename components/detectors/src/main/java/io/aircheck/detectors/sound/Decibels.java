package io.aircheck.detectors.sound;

/** Conversions between power, amplitude and decibels. Full scale is 1; silence is the floor. */
public final class Decibels {
  /** Lowest level that is told, so that digital silence has a finite one. */
  public static final double FLOOR = -120;

  private Decibels() {}

  /** Level of a mean square. A full-scale sine, of mean square 0.5, has -3.01 dBFS. */
  public static double ofPower(double meanSquare) {
    return meanSquare <= 1e-12 ? FLOOR : 10 * Math.log10(meanSquare);
  }

  /** Level of an amplitude: 1 is 0 dBFS. */
  public static double ofAmplitude(double amplitude) {
    return amplitude <= 1e-6 ? FLOOR : 20 * Math.log10(amplitude);
  }

  /** Mean square of a level. */
  public static double toPower(double decibels) {
    return Math.pow(10, decibels / 10);
  }
}
