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
 * from picture to picture, averaged since the anchor. It also grows with how far the picture moved
 * just before the anchor: an encoder that comes from fast motion takes some pictures to settle, and
 * what goes on moving leaves such a limit behind at once.
 */
final class Stillness {
  /** The anchor outlives a disturbance of this length, once stillness has lasted as long. */
  static final long DISTURBANCE_MICROS = 300_000;

  /** Usual largest distance from the anchor that is coding, not motion, 8-bit scale. */
  static final double CODING_DISTANCE = 0.85;

  /** Usual growth of it per code value of noise. */
  static final double DISTANCE_PER_NOISE = 12;

  /** Largest distance however noisy the stream; moving pictures have 7 and more. */
  static final double LARGEST_DISTANCE = 2.5;

  /** Share of the departure before the anchor that an encoder may need to settle. */
  private static final double SETTLING = 0.06;

  /** Largest distance while it settles, 8-bit scale. */
  private static final double LARGEST_SETTLING = 3.5;

  /** How much more of the picture moved before than may still move, so that it was stopped. */
  private static final double STOPPED_RATIO = 4;

  /** Resolution and range of the median, 8-bit scale. */
  private static final double MEDIAN_STEP = 1.0 / 32;

  private final int movingCells;
  private final double baseDistance;
  private final double distancePerNoise;
  private final double maxDistance;

  private final RecentPictures recent = new RecentPictures();
  private final float[] anchor = new float[PictureGrid.CELLS];
  private boolean anchored;
  private long anchorMicros;
  private long lastStillMicros;
  private double noiseSum;
  private long noiseCount;
  private Departure before = Departure.NONE;

  private double distance;
  private double limit;
  private int moving;
  private final int[] medianCounts = new int[64];

  /**
   * @param movingCells cells that may move while the rest stands still, and at most a quarter of
   *     those that moved before; 0: the whole picture must, but for what {@link CellDistance#of}
   *     overlooks
   * @param baseDistance largest distance from the anchor without noise, 8-bit scale
   * @param distancePerNoise how much farther per code value of noise
   * @param maxDistance largest distance, whatever the noise
   */
  Stillness(int movingCells, double baseDistance, double distancePerNoise, double maxDistance) {
    this.movingCells = movingCells;
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
    MotionStatistics motion = analysis.motion();
    float[] cells = analysis.thumbnail();
    boolean still = false;
    if (!anchored || !motion.available()) {
      recent.forget();
      drop(cells, fromMicros);
      anchored = true;
      distance = 0;
      moving = 0;
      limit = baseDistance;
    } else {
      recent.follow(motion.meanAbsoluteDifference(), durationMicros);
      still = compare(cells, median(motion.cells()), fromMicros);
    }
    recent.add(cells, fromMicros);
    return still;
  }

  private boolean compare(float[] cells, double noise, long fromMicros) {
    double noiseLimit =
        Math.min(
            maxDistance, baseDistance + distancePerNoise * (noiseSum + noise) / (noiseCount + 1));
    limit = Math.max(noiseLimit, Math.min(LARGEST_SETTLING, SETTLING * before.distance()));
    distance = CellDistance.of(cells, anchor);
    moving = CellDistance.beyond(cells, anchor, limit);
    boolean still =
        distance <= limit
            || moving <= Math.min(movingCells, before.share() / STOPPED_RATIO * PictureGrid.CELLS);
    if (still) {
      noiseSum += noise;
      noiseCount++;
      lastStillMicros = fromMicros;
    } else if (lastStillMicros - anchorMicros < DISTURBANCE_MICROS
        || fromMicros - lastStillMicros > DISTURBANCE_MICROS) {
      drop(cells, fromMicros);
    }
    return still;
  }

  /** Forgets everything. */
  void forget() {
    anchored = false;
    recent.forget();
  }

  /** Media time of the anchor. */
  long anchorMicros() {
    return anchorMicros;
  }

  /** Distance of the last picture from the anchor, 8-bit scale. */
  double distance() {
    return distance;
  }

  /** Cells of the last picture that are not as in the anchor. */
  int moving() {
    return moving;
  }

  /** Limit that the distance was held against. */
  double limit() {
    return limit;
  }

  /** How the picture moved before the anchor, within its shot. */
  Departure before() {
    return before;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(anchored);
    state.writeLong(anchorMicros);
    state.writeLong(lastStillMicros);
    state.writeDouble(noiseSum);
    state.writeLong(noiseCount);
    before.write(state);
    CellDistance.write(anchor, state);
    recent.snapshot(state);
  }

  void restore(DataInput state) throws IOException {
    anchored = state.readBoolean();
    anchorMicros = state.readLong();
    lastStillMicros = state.readLong();
    noiseSum = state.readDouble();
    noiseCount = state.readLong();
    before = Departure.read(state);
    CellDistance.read(anchor, state);
    recent.restore(state);
  }

  private void drop(float[] cells, long atMicros) {
    before = recent.departureOf(cells, atMicros);
    System.arraycopy(cells, 0, anchor, 0, anchor.length);
    anchorMicros = atMicros;
    lastStillMicros = atMicros;
    noiseSum = 0;
    noiseCount = 0;
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
