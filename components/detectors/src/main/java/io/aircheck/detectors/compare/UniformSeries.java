package io.aircheck.detectors.compare;

/**
 * Values of several channels at equal steps of time.
 *
 * @param startMicros media time of the first row
 * @param stepMicros time from row to row
 * @param channels values per row
 * @param values row by row
 */
record UniformSeries(double startMicros, double stepMicros, int channels, float[] values) {

  int rows() {
    return values.length / channels;
  }

  double micros(double row) {
    return startMicros + row * stepMicros;
  }

  /** The row nearest to a time; may lie outside. */
  int rowAt(double micros) {
    return (int) Math.round((micros - startMicros) / stepMicros);
  }
}
