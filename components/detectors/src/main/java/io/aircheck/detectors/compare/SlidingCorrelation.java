package io.aircheck.detectors.compare;

import io.aircheck.detectors.vector.DotProduct;

/**
 * Correlation of a window of one series with each equally long stretch of another, summed over the
 * channels, each channel without its mean over the stretch:
 *
 * <pre>s(l) = sum(ab) / sqrt((sum(a²) + f) (sum(b²) + f))</pre>
 *
 * <p>The floor {@code f} keeps stretches in which nothing happens from matching each other.
 */
final class SlidingCorrelation {
  /** Floor per value of the window. */
  private static final double FLOOR = 0.02;

  private SlidingCorrelation() {}

  /**
   * Scores by row of {@code other} at which the stretch begins; empty when it is shorter than the
   * window.
   */
  static float[] scores(UniformSeries series, int fromRow, int rows, UniformSeries other) {
    int channels = series.channels();
    int places = other.rows() - rows + 1;
    if (places <= 0) {
      return new float[0];
    }
    float[] window = new float[rows * channels];
    System.arraycopy(series.values(), fromRow * channels, window, 0, window.length);
    double floor = FLOOR * window.length;
    double windowPower = removeMeans(window, channels) + floor;

    float[] values = other.values();
    double[] sums = new double[channels];
    double squares = 0;
    for (int i = 0; i < rows * channels; i++) {
      sums[i % channels] += values[i];
      squares += values[i] * values[i];
    }
    float[] scores = new float[places];
    for (int place = 0; place < places; place++) {
      double power = squares;
      for (double sum : sums) {
        power -= sum * sum / rows;
      }
      // The window has no mean, so the mean of the other does not matter to the product.
      double product = DotProduct.of(window, values, place * channels);
      scores[place] = (float) (product / Math.sqrt(windowPower * (Math.max(0, power) + floor)));
      if (place + 1 < places) {
        for (int c = 0; c < channels; c++) {
          float leaves = values[place * channels + c];
          float enters = values[(place + rows) * channels + c];
          sums[c] += (double) enters - leaves;
          squares += (double) enters * enters - (double) leaves * leaves;
        }
      }
    }
    return scores;
  }

  /** Makes the mean of each channel 0 and returns the sum of squares. */
  private static double removeMeans(float[] window, int channels) {
    int rows = window.length / channels;
    double power = 0;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = c; i < window.length; i += channels) {
        sum += window[i];
      }
      float mean = (float) (sum / rows);
      for (int i = c; i < window.length; i += channels) {
        window[i] -= mean;
        power += (double) window[i] * window[i];
      }
    }
    return power;
  }
}
