package io.aircheck.detectors.compare;

/**
 * The best of a row of scores and the best of those that are not its neighbours.
 *
 * @param index where the best score is
 * @param best the best score
 * @param rival the best score further than the exclusion away; at least 0
 * @param whole whether the row goes on for the exclusion on both sides: otherwise the top may lie
 *     beyond its end, and this be its slope
 */
record Peak(int index, double best, double rival, boolean whole) {

  /** Finds it; {@code scores} has at least one value. */
  static Peak of(float[] scores, int exclusion) {
    int index = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[index]) {
        index = i;
      }
    }
    double rival = 0;
    for (int i = 0; i < scores.length; i++) {
      if (Math.abs(i - index) > exclusion) {
        rival = Math.max(rival, scores[i]);
      }
    }
    boolean whole = index >= exclusion && index < scores.length - exclusion;
    return new Peak(index, scores[index], rival, whole);
  }

  /** Whether the best score is enough, stands out, and is the top. */
  boolean accepted(double least, double margin) {
    return whole && best >= least && best - rival >= margin;
  }

  /** Position of the top of the parabola through the best score and its neighbours. */
  double refined(float[] scores) {
    if (index == 0 || index == scores.length - 1) {
      return index;
    }
    double left = scores[index - 1];
    double right = scores[index + 1];
    double curvature = left - 2 * best + right;
    return curvature >= 0 ? index : index + 0.5 * (left - right) / curvature;
  }
}
