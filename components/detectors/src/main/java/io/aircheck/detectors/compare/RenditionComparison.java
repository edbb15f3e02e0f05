package io.aircheck.detectors.compare;

import java.io.Serializable;
import java.util.Optional;

/**
 * Whether two renditions show the same pictures.
 *
 * <p>Same: six seconds of one are found in the other by their motion (see {@link
 * PictureComparison}), or, where little moves, block lumas agree. Different: neither newest window
 * is found anywhere in the other's history, and the lumas disagree at every lag. Everything between
 * is unknown, and so is whatever happens while one of the two is black or stands still: that is
 * another finding, in that rendition.
 */
final class RenditionComparison {
  /** What is looked back on for a verdict: a window, and ten seconds that joining may differ by. */
  static final long LOOK_BACK_MICROS = 16_000_000;

  /** Motion below this correlation speaks against the same pictures. */
  private static final double UNLIKE = 0.4;

  /**
   * Mean difference of block luma, 8-bit levels. Renditions of one ladder differ by less than 1;
   * pictures of different programmes at the same moment differ by some 30.
   */
  private static final double SAME_LUMA = 3;

  private static final double OTHER_LUMA = 8;

  private static final long LUMA_STEP_MICROS = 200_000;

  /** Luma of the blocks within so many levels of each other: black, or any other flat field. */
  private static final double FLAT_LEVELS = 6;

  private static final double MOST_FLAT = 0.05;

  /** Activity log2(0.1 + change) of a picture in which cells change by less than 0.05 levels. */
  private static final double STILL_ACTIVITY = -2.74;

  private static final double MOST_STILL_DIFFERENCE = 0.3;

  private RenditionComparison() {}

  /** How two renditions relate. */
  enum Relation {
    UNKNOWN,
    SAME,
    DIFFERENT
  }

  /**
   * What a comparison tells.
   *
   * @param relation whether the pictures are the same
   * @param lagMillis how much later they are in the first, in media time; NaN when not certain
   */
  record Verdict(Relation relation, double lagMillis) implements Serializable {
    static final Verdict UNKNOWN = new Verdict(Relation.UNKNOWN, Double.NaN);
  }

  static Verdict compare(SignatureHistory first, SignatureHistory second) {
    PictureSeries a = PictureSeries.of(first.pictures());
    PictureSeries b = PictureSeries.of(second.pictures());
    long endA = first.pictureEndMicros();
    long endB = second.pictureEndMicros();
    Optional<Lag> forward = PictureComparison.lag(a, endA - Offset.WINDOW_MICROS, endA, b);
    if (forward.isPresent() && forward.get().accepted()) {
      return new Verdict(Relation.SAME, forward.get().micros() / 1000);
    }
    Optional<Lag> backward = PictureComparison.lag(b, endB - Offset.WINDOW_MICROS, endB, a);
    if (backward.isPresent() && backward.get().accepted()) {
      return new Verdict(Relation.SAME, -backward.get().micros() / 1000);
    }
    if (forward.isEmpty() || backward.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    double luma = Math.min(lumaDifference(a, endA, b), lumaDifference(b, endB, a));
    if (luma < SAME_LUMA) {
      return new Verdict(Relation.SAME, Double.NaN);
    }
    boolean unlike = Math.max(forward.get().best(), backward.get().best()) < UNLIKE;
    boolean longEnough =
        a.rows() > 0
            && b.rows() > 0
            && endA - a.time(0) >= LOOK_BACK_MICROS
            && endB - b.time(0) >= LOOK_BACK_MICROS;
    return unlike && luma > OTHER_LUMA && longEnough && bothShowPictures(a, endA, b, endB)
        ? new Verdict(Relation.DIFFERENT, Double.NaN)
        : Verdict.UNKNOWN;
  }

  /** Smallest mean difference of block lumas between the newest window and any stretch. */
  private static double lumaDifference(PictureSeries here, long end, PictureSeries there) {
    double least = Double.MAX_VALUE;
    double first = there.time(0);
    double last = there.time(there.rows() - 1) - Offset.WINDOW_MICROS;
    for (double start = first; start <= last; start += LUMA_STEP_MICROS) {
      double sum = 0;
      int count = 0;
      for (long at = 0; at < Offset.WINDOW_MICROS; at += LUMA_STEP_MICROS) {
        int rowHere = here.rowFrom(end - Offset.WINDOW_MICROS + at);
        int rowThere = there.rowFrom(start + at);
        if (rowHere < here.rows() && rowThere < there.rows()) {
          for (int b = 0; b < PictureSignature.BLOCKS; b++) {
            sum += Math.abs(here.luma(rowHere, b) - there.luma(rowThere, b));
            count++;
          }
        }
      }
      if (count > 0) {
        least = Math.min(least, sum / count);
      }
    }
    return least;
  }

  private static boolean bothShowPictures(PictureSeries a, long endA, PictureSeries b, long endB) {
    return flatShare(a, endA) <= MOST_FLAT
        && flatShare(b, endB) <= MOST_FLAT
        && Math.abs(stillShare(a, endA) - stillShare(b, endB)) <= MOST_STILL_DIFFERENCE;
  }

  private static double flatShare(PictureSeries series, long end) {
    int from = series.rowFrom(end - LOOK_BACK_MICROS);
    int flat = 0;
    for (int row = from; row < series.rows(); row++) {
      float least = Float.MAX_VALUE;
      float most = -Float.MAX_VALUE;
      for (int b = 0; b < PictureSignature.BLOCKS; b++) {
        least = Math.min(least, series.luma(row, b));
        most = Math.max(most, series.luma(row, b));
      }
      flat += most - least < FLAT_LEVELS ? 1 : 0;
    }
    return flat / (double) Math.max(1, series.rows() - from);
  }

  private static double stillShare(PictureSeries series, long end) {
    int from = series.rowFrom(end - LOOK_BACK_MICROS);
    int still = 0;
    for (int row = from; row < series.rows(); row++) {
      boolean moves = false;
      for (int b = 0; b < PictureSignature.BLOCKS; b++) {
        moves |= series.activity(row, b) > STILL_ACTIVITY;
      }
      still += moves ? 0 : 1;
    }
    return still / (double) Math.max(1, series.rows() - from);
  }
}
