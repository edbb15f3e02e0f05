package io.aircheck.detectors.compare;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds when the pictures of a window are seen at another point.
 *
 * <p>Pictures of equal rate are compared one by one and the lag is exact, because it is a
 * difference of timestamps. Otherwise both sides are brought to fifty rows a second; the lag is
 * then good to some ten milliseconds.
 *
 * <p>Thresholds: of 700 windows of other programmes none was accepted, of 690 windows of 3 s and
 * longer of the same programme after re-encoding, cropping and letterboxing none was wrong by more
 * than 2 ms.
 */
final class PictureComparison {
  /** Smallest correlation that counts as the same pictures. */
  static final double SAME = 0.6;

  /** How far above every rival it must be. */
  static final double MARGIN = 0.1;

  /** Rates differing by less count as equal: 29.97 is 30, 24 is not 25. */
  private static final double EQUAL_RATE = 0.005;

  /** At the common rate, neighbours of a peak up to 120 ms away are the same peak. */
  private static final int COMMON_RATE_EXCLUSION = 6;

  private PictureComparison() {}

  /**
   * The lag of the pictures from {@code fromMicros} to {@code toMicros} against the other point.
   */
  static Optional<Lag> lag(
      PictureSeries here, double fromMicros, double toMicros, PictureSeries there) {
    if (here.rows() < 2 || there.rows() < 2) {
      return Optional.empty();
    }
    OptionalDouble stepHere = here.pictureMicros();
    OptionalDouble stepThere = there.pictureMicros();
    if (stepHere.isPresent()
        && stepThere.isPresent()
        && Math.abs(stepHere.getAsDouble() / stepThere.getAsDouble() - 1) < EQUAL_RATE) {
      return perPicture(
          here.perPicture(stepHere.getAsDouble()),
          fromMicros,
          toMicros,
          there.perPicture(stepThere.getAsDouble()));
    }
    return atCommonRate(here.atCommonRate(), fromMicros, toMicros, there.atCommonRate());
  }

  private static Optional<Lag> perPicture(
      UniformSeries here, double fromMicros, double toMicros, UniformSeries there) {
    return place(here, fromMicros, toMicros, there, 1, false);
  }

  private static Optional<Lag> atCommonRate(
      UniformSeries here, double fromMicros, double toMicros, UniformSeries there) {
    return place(here, fromMicros, toMicros, there, COMMON_RATE_EXCLUSION, true);
  }

  private static Optional<Lag> place(
      UniformSeries here,
      double fromMicros,
      double toMicros,
      UniformSeries there,
      int exclusion,
      boolean interpolate) {
    int from = Math.max(0, here.rowAt(fromMicros));
    int to = Math.min(here.rows(), here.rowAt(toMicros));
    if (to - from < 0.8 * (toMicros - fromMicros) / here.stepMicros()) {
      return Optional.empty();
    }
    float[] scores = SlidingCorrelation.scores(here, from, to - from, there);
    if (scores.length == 0) {
      return Optional.empty();
    }
    Peak peak = Peak.of(scores, exclusion);
    double found = interpolate ? peak.refined(scores) : peak.index();
    // In the middle of the stretch, so that slightly different rates do not matter.
    double half = (to - from) / 2.0;
    double micros = here.micros(from + half) - there.micros(found + half);
    boolean accepted = peak.accepted(SAME, MARGIN);
    return Optional.of(new Lag(micros, peak.best(), peak.rival(), accepted, !interpolate));
  }
}
