package io.aircheck.detectors.freeze;

import io.aircheck.core.picture.MotionStatistics;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Whether pictures stay the same, against an anchor: the thumbnail of the picture that the
 * stillness began with. Coding noise of a repeated picture comes back to the anchor again and again
 * however long it lasts, while a scene that only looks still drifts away from it.
 *
 * <p>The limit grows with the noise of the stream itself: the median over the cells of the change
 * from picture to picture, averaged since the anchor.
 */
final class Stillness {
  /** The anchor outlives a disturbance of this length, once stillness has lasted as long. */
  static final long DISTURBANCE_MICROS = 300_000;

  /** Decay of the motion before the anchor. */
  private static final double MOTION_DECAY_MICROS = 500_000;

  /** Resolution and range of the median, 8-bit scale. */
  private static final double MEDIAN_STEP = 1.0 / 32;

  private final double baseDistance;
  private final double distancePerNoise;
  private final double maxDistance;

  private final float[] anchor = new float[PictureGrid.CELLS];
  private boolean anchored;
  private long anchorMicros;
  private long lastStillMicros;
  private double noiseSum;
  private long noiseCount;
  private double motion;
  private double motionBefore;

  private double distance;
  private double limit;
  private final int[] medianCounts = new int[64];

  /**
   * @param baseDistance largest distance from the anchor without noise, 8-bit scale
   * @param distancePerNoise how much farther per code value of noise
   * @param maxDistance largest distance, whatever the noise
   */
  Stillness(double baseDistance, double distancePerNoise, double maxDistance) {
    this.baseDistance = baseDistance;
    this.distancePerNoise = distancePerNoise;
    this.maxDistance = maxDistance;
  }

  /**
   * Takes in a picture.
   *
   * @return whether it is the anchor again
   */
  boolean update(PictureAnalysis analysis, long fromMicros, long durationMicros) {
    MotionStatistics motionNow = analysis.motion();
    float[] cells = analysis.thumbnail();
    if (!anchored || !motionNow.available()) {
      drop(cells, fromMicros);
      anchored = true;
      distance = 0;
      limit = baseDistance;
      return false;
    }
    double noise = median(motionNow.cells());
    distance = distance(cells);
    limit =
        Math.min(
            maxDistance, baseDistance + distancePerNoise * (noiseSum + noise) / (noiseCount + 1));
    boolean still = distance <= limit;
    if (still) {
      noiseSum += noise;
      noiseCount++;
      lastStillMicros = fromMicros;
    } else if (lastStillMicros - anchorMicros < DISTURBANCE_MICROS
        || fromMicros - lastStillMicros > DISTURBANCE_MICROS) {
      drop(cells, fromMicros);
    }
    double weight = Math.min(1, durationMicros / MOTION_DECAY_MICROS);
    motion += weight * (motionNow.meanAbsoluteDifference() - motion);
    return still;
  }

  /** Forgets everything. */
  void forget() {
    anchored = false;
    motion = 0;
  }

  /** Media time of the anchor. */
  long anchorMicros() {
    return anchorMicros;
  }

  /** Distance of the last picture from the anchor, 8-bit scale. */
  double distance() {
    return distance;
  }

  /** Limit that the distance was held against. */
  double limit() {
    return limit;
  }

  /** Mean absolute difference of pictures in the half second before the anchor, 8-bit scale. */
  double motionBefore() {
    return motionBefore;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(anchored);
    state.writeLong(anchorMicros);
    state.writeLong(lastStillMicros);
    state.writeDouble(noiseSum);
    state.writeLong(noiseCount);
    state.writeDouble(motion);
    state.writeDouble(motionBefore);
    for (float cell : anchor) {
      state.writeFloat(cell);
    }
  }

  void restore(DataInput state) throws IOException {
    anchored = state.readBoolean();
    anchorMicros = state.readLong();
    lastStillMicros = state.readLong();
    noiseSum = state.readDouble();
    noiseCount = state.readLong();
    motion = state.readDouble();
    motionBefore = state.readDouble();
    for (int i = 0; i < anchor.length; i++) {
      anchor[i] = state.readFloat();
    }
  }

  private void drop(float[] cells, long atMicros) {
    System.arraycopy(cells, 0, anchor, 0, anchor.length);
    anchorMicros = atMicros;
    lastStillMicros = atMicros;
    noiseSum = 0;
    noiseCount = 0;
    motionBefore = motion;
  }

  /**
   * The third largest difference of a cell from the anchor: a blinking cursor or a spot of noise is
   * not motion.
   */
  private double distance(float[] cells) {
    float first = 0;
    float second = 0;
    float third = 0;
    for (int i = 0; i < cells.length; i++) {
      float difference = Math.abs(cells[i] - anchor[i]);
      if (difference > third) {
        if (difference > first) {
          third = second;
          second = first;
          first = difference;
        } else if (difference > second) {
          third = second;
          second = difference;
        } else {
          third = difference;
        }
      }
    }
    return third;
  }

  /** Median to within {@value #MEDIAN_STEP}, counted rather than sorted; large ones are cut off. */
  private double median(float[] values) {
    Arrays.fill(medianCounts, 0);
    for (float value : values) {
      medianCounts[Math.min(medianCounts.length - 1, (int) (value / MEDIAN_STEP))]++;
    }
    int below = 0;
    int half = values.length / 2;
    for (int bin = 0; bin < medianCounts.length; bin++) {
      if (below + medianCounts[bin] > half) {
        return bin * MEDIAN_STEP;
      }
      below += medianCounts[bin];
    }
    return medianCounts.length * MEDIAN_STEP;
  }
}
