package io.aircheck.detectors.structure;

import io.aircheck.detectors.vector.SampleVectors;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** How much of a picture differs from the one before, on a sample of its rows. */
final class PictureChange {
  /** Rows looked at, at least, where the picture has as many. */
  private static final int ROWS = 90;

  /** Difference, 8-bit scale, that coding noise of a repeated picture hardly reaches. */
  private static final int MIN_DIFFERENCE = 8;

  private double changedShare;
  private double meanDifference;

  /** Compares two pictures of the same size. */
  void measure(LumaPlane current, LumaPlane previous) {
    int columns = current.width() / ByteLanes.STEP * ByteLanes.STEP;
    int step = Math.max(1, current.height() / ROWS);
    long sum = 0;
    long changed = 0;
    long samples = 0;
    for (int row = step / 2; row < current.height(); row += step) {
      ShortVector differences = ShortVector.zero(SampleVectors.SHORTS);
      for (int x = 0; x < columns; x += ByteLanes.LANES) {
        ByteVector difference =
            ByteLanes.distance(
                ByteLanes.load(current.samples(), row * current.stride() + x),
                ByteLanes.load(previous.samples(), row * previous.stride() + x));
        differences = differences.add(ByteLanes.pairSums(difference));
        changed += difference.compare(VectorOperators.UGT, (byte) MIN_DIFFERENCE).trueCount();
      }
      sum += ByteLanes.sum(differences);
      samples += columns;
    }
    changedShare = samples == 0 ? 0 : (double) changed / samples;
    meanDifference = samples == 0 ? 0 : (double) sum / samples;
  }

  /** Share of the samples that differ by more than coding noise, 0..1. */
  double changedShare() {
    return changedShare;
  }

  /** Mean absolute difference, 8-bit scale. */
  double meanDifference() {
    return meanDifference;
  }
}
