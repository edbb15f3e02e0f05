package io.aircheck.detectors.structure;

import io.aircheck.core.media.FrameView;
import io.aircheck.detectors.vector.SampleVectors;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Fineness of detail in the tiles of one picture: where there is contrast, the sum of the absolute
 * second differences of luma along the rows, divided by the sum of the contrast itself.
 *
 * <p>With samples s apart, the second difference is {@code |x[-s] - 2 x[0] + x[s]|} and the
 * contrast {@code |x[4s] - x[-4s]|}; samples count whose contrast is above {@value #MIN_CONTRAST}.
 * A sharp edge gives 0.5; an edge with a Gaussian profile of standard deviation sigma, several
 * times s wide, about {@code 0.2 s / sigma}; texture gives more. The distance s grows with the
 * picture, so that fineness is relative to what is seen at the same size on a screen.
 */
final class DetailTiles {
  /** Tile width in samples. */
  private static final int TILE_WIDTH = 64;

  /** Rows looked at per tile. */
  private static final int TILE_ROWS = 8;

  private static final int BANDS = 9;

  /** Contrast that counts, 8-bit scale. */
  private static final int MIN_CONTRAST = 24;

  /** Picture height (or width, if smaller) per sample of distance. */
  private static final int SIZE_PER_DISTANCE = 180;

  private final int width;
  private final int height;
  private final int distance;
  private final int rowStep;
  private final int columns;
  private final float[] mean;
  private final float[] contrastShare;
  private final float[] fineness;
  private double detailSum;
  private double contrastSum;

  DetailTiles(int width, int height) {
    this.width = width;
    this.height = height;
    distance = Math.max(1, (Math.min(width, height) + SIZE_PER_DISTANCE / 2) / SIZE_PER_DISTANCE);
    rowStep = Math.max(1, height / (BANDS * TILE_ROWS));
    columns = Math.max(0, (width - 8 * distance) / TILE_WIDTH);
    int tiles = height < BANDS * TILE_ROWS ? 0 : columns * BANDS;
    mean = new float[tiles];
    contrastShare = new float[tiles];
    fineness = new float[tiles];
  }

  /** Whether a picture has the size that this was made for. */
  boolean fit(FrameView frame) {
    return frame.width() == width && frame.height() == height;
  }

  void measure(LumaPlane luma) {
    detailSum = 0;
    contrastSum = 0;
    for (int tile = 0; tile < mean.length; tile++) {
      measureTile(luma, tile);
    }
  }

  int tiles() {
    return mean.length;
  }

  /** Mean luma of a tile, 0..255. */
  float mean(int tile) {
    return mean[tile];
  }

  /** Share of a tile's samples that have contrast, 0..1. */
  float contrastShare(int tile) {
    return contrastShare[tile];
  }

  /** Fineness of a tile's detail; 0 where there is no contrast. */
  float fineness(int tile) {
    return fineness[tile];
  }

  /** Fineness of the picture's detail; 0 where there is no contrast. */
  double fineness() {
    return contrastSum == 0 ? 0 : detailSum / contrastSum;
  }

  private void measureTile(LumaPlane luma, int tile) {
    int left = 4 * distance + tile % columns * TILE_WIDTH;
    int top = rowStep / 2 + tile / columns * TILE_ROWS * rowStep;
    ShortVector levels = ShortVector.zero(SampleVectors.SHORTS);
    ShortVector details = levels;
    ShortVector contrasts = levels;
    int count = 0;
    for (int row = 0; row < TILE_ROWS; row++) {
      long start = (top + (long) row * rowStep) * luma.stride() + left;
      for (int x = 0; x < TILE_WIDTH; x += ByteLanes.LANES) {
        long at = start + x;
        ByteVector middle = ByteLanes.load(luma.samples(), at);
        ByteVector contrast =
            ByteLanes.distance(
                ByteLanes.load(luma.samples(), at - 4L * distance),
                ByteLanes.load(luma.samples(), at + 4L * distance));
        levels = levels.add(ByteLanes.pairSums(middle));
        VectorMask<Byte> counts = contrast.compare(VectorOperators.UGT, (byte) MIN_CONTRAST);
        if (counts.anyTrue()) {
          ByteVector detail =
              secondDifference(
                  ByteLanes.load(luma.samples(), at - distance),
                  middle,
                  ByteLanes.load(luma.samples(), at + distance));
          ByteVector none = ByteVector.zero(SampleVectors.BYTES);
          details = details.add(ByteLanes.pairSums(none.blend(detail, counts)));
          contrasts = contrasts.add(ByteLanes.pairSums(none.blend(contrast, counts)));
          count += counts.trueCount();
        }
      }
    }
    float samples = TILE_WIDTH * TILE_ROWS;
    double detail = ByteLanes.sum(details);
    double contrast = ByteLanes.sum(contrasts);
    mean[tile] = ByteLanes.sum(levels) / samples;
    contrastShare[tile] = count / samples;
    fineness[tile] = contrast == 0 ? 0 : (float) (detail / contrast);
    detailSum += detail;
    contrastSum += contrast;
  }

  /** |a - 2b + c|, at most 255. */
  private static ByteVector secondDifference(ByteVector a, ByteVector b, ByteVector c) {
    ByteVector left = ByteLanes.distance(a, b);
    ByteVector right = ByteLanes.distance(b, c);
    VectorMask<Byte> peak = ByteLanes.outside(b, a, c).compare(VectorOperators.NE, (byte) 0);
    return ByteLanes.distance(left, right).blend(left.lanewise(VectorOperators.SUADD, right), peak);
  }
}
