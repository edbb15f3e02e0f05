package io.aircheck.detectors.structure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The detail of the last two pictures, to tell a sudden loss of detail from a change of content.
 *
 * <p>Two, because a codec that predicts from both sides smears a sudden change over a picture.
 */
final class DetailHistory {
  private static final int PICTURES = 2;

  /** Fewest tiles with detail that allow a verdict. */
  private static final int MIN_TILES = 5;

  /** A tile has detail to lose from this share of samples with contrast and this fineness on. */
  private static final float MIN_CONTRAST_SHARE = 0.05f;

  private static final float MIN_FINENESS = 0.1f;

  /**
   * A tile that keeps less of its contrast than this shows other content now, or a blur so strong
   * that no contrast is left over the distance that it is measured at.
   */
  private static final float MIN_CONTRAST_KEPT = 0.4f;

  /**
   * Change of a tile's level, relative to the levels' spread, up to which lost contrast is blur:
   * blur keeps the levels, a caption that goes away takes its own along.
   */
  private static final double MAX_BLURRED_CHANGE = 0.1;

  /**
   * Mean change of the tiles' levels from one picture to the next, relative to their spread, from
   * which content is another. A fast pan changes them as much in two steps.
   */
  private static final double MAX_RELATIVE_CHANGE = 0.3;

  /** Change of levels, 8-bit scale, that is no change of content however small the spread. */
  private static final double MAX_SMALL_CHANGE = 2;

  private final int tiles;
  private final float[][] mean;
  private final float[][] contrastShare;
  private final float[][] fineness;
  private final double[] pictureFineness = new double[PICTURES];
  private double lastChange;
  private int count;

  DetailHistory(int tiles) {
    this.tiles = tiles;
    mean = new float[PICTURES][tiles];
    contrastShare = new float[PICTURES][tiles];
    fineness = new float[PICTURES][tiles];
  }

  void clear() {
    count = 0;
  }

  /** Fineness of the oldest picture kept. */
  double fineness() {
    return pictureFineness[count % PICTURES];
  }

  void add(DetailTiles picture) {
    lastChange = change(picture);
    int slot = count % PICTURES;
    for (int tile = 0; tile < tiles; tile++) {
      mean[slot][tile] = picture.mean(tile);
      contrastShare[slot][tile] = picture.contrastShare(tile);
      fineness[slot][tile] = picture.fineness(tile);
    }
    pictureFineness[slot] = picture.fineness();
    count++;
  }

  /**
   * Share of the tiles with detail in the oldest picture kept whose fineness has fallen since.
   *
   * @param remaining what is left at most of the fineness of a tile that has fallen
   * @return 0..1; 0 when the content is another or too few tiles have detail
   */
  double fallenShare(DetailTiles now, double remaining) {
    if (count < PICTURES) {
      return 0;
    }
    int slot = count % PICTURES;
    double spread = spread(mean[slot]);
    double change = Math.max(change(now), lastChange);
    if (change > Math.max(MAX_SMALL_CHANGE, MAX_RELATIVE_CHANGE * spread)) {
      return 0;
    }
    double maxBlurredChange = Math.max(MAX_SMALL_CHANGE, MAX_BLURRED_CHANGE * spread);
    int detailed = 0;
    int fallen = 0;
    for (int tile = 0; tile < tiles; tile++) {
      if (contrastShare[slot][tile] >= MIN_CONTRAST_SHARE && fineness[slot][tile] >= MIN_FINENESS) {
        detailed++;
        if (now.fineness(tile) <= remaining * fineness[slot][tile]
            && (now.contrastShare(tile) >= MIN_CONTRAST_KEPT * contrastShare[slot][tile]
                || Math.abs(now.mean(tile) - mean[slot][tile]) <= maxBlurredChange)) {
          fallen++;
        }
      }
    }
    return detailed < MIN_TILES ? 0 : (double) fallen / detailed;
  }

  /** Mean change of the tiles' levels since the picture that was added last. */
  private double change(DetailTiles now) {
    if (count == 0) {
      return 0;
    }
    float[] before = mean[(count - 1) % PICTURES];
    double change = 0;
    for (int tile = 0; tile < tiles; tile++) {
      change += Math.abs(now.mean(tile) - before[tile]);
    }
    return change / tiles;
  }

  /** Standard deviation of the tiles' levels. */
  private double spread(float[] levels) {
    double sum = 0;
    double squares = 0;
    for (float level : levels) {
      sum += level;
      squares += (double) level * level;
    }
    return Math.sqrt(Math.max(0, squares / tiles - sum / tiles * (sum / tiles)));
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(count);
    state.writeDouble(lastChange);
    for (int slot = 0; slot < PICTURES; slot++) {
      state.writeDouble(pictureFineness[slot]);
      for (int tile = 0; tile < tiles; tile++) {
        state.writeFloat(mean[slot][tile]);
        state.writeFloat(contrastShare[slot][tile]);
        state.writeFloat(fineness[slot][tile]);
      }
    }
  }

  void restore(DataInput state) throws IOException {
    count = state.readInt();
    lastChange = state.readDouble();
    for (int slot = 0; slot < PICTURES; slot++) {
      pictureFineness[slot] = state.readDouble();
      for (int tile = 0; tile < tiles; tile++) {
        mean[slot][tile] = state.readFloat();
        contrastShare[slot][tile] = state.readFloat();
        fineness[slot][tile] = state.readFloat();
      }
    }
  }
}
