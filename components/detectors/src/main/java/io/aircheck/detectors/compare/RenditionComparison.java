package io.aircheck.detectors.compare;

import java.io.Serializable;
import java.util.Optional;

/**
 * Whether two renditions show the same pictures, and how their times lie, in ladder time.
 *
 * <p>Same: six seconds of one are found in the other by their motion (see {@link
 * PictureComparison}), or, where little moves, block lumas agree. Different: neither window is
 * found anywhere in the other's history, and the lumas disagree at every lag. Everything between is
 * unknown, and so is whatever happens while one of the two is black or stands still: that is
 * another finding, in that rendition.
 */
final class RenditionComparison {
  /** What both must have shown without a hole before they can be called different. */
  static final long LOOK_BACK_MICROS = 16_000_000;

  /** Where the same pictures are looked for first: that is nearly always enough. */
  private static final long NEAR_MICROS = 1_500_000;

  /** Motion below this correlation speaks against the same pictures. */
  private static final double UNLIKE = 0.4;

  /**
   * Mean difference of block luma, 8-bit levels. Renditions of one ladder differ by less than 1;
   * pictures of different programmes at the same moment differ by some 30.
   */
  private static final double SAME_LUMA = 3;

  private static final double OTHER_LUMA = 8;

  private static final long LUMA_STEP_MICROS = 200_000;
  private static final long LUMA_REACH_MICROS = 10_000_000;

  /** Luma of the blocks within so many levels of each other: black, or any other flat field. */
  private static final double FLAT_LEVELS = 6;

  private static final double MOST_FLAT = 0.05;

  /** Activity log2(0.1 + change) of a picture in which cells change by less than 0.05 levels. */
  private static final double STILL_ACTIVITY = -2.74;

  private static final double MOST_STILL_DIFFERENCE = 0.3;

  private static final double LONGEST_HOLE_MICROS = 1_000_000;

  /** How far from its pictures the sound of a rendition is looked for. */
  private static final int SOUND_REACH_MILLIS = 2500;

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
   * @param lagMillis how much later they are in the first; NaN when not certain
   * @param offsetMillis how much later the sound is against the pictures than in the second; NaN
   *     when not certain
   */
  record Verdict(Relation relation, double lagMillis, double offsetMillis) implements Serializable {
    static final Verdict UNKNOWN = new Verdict(Relation.UNKNOWN, Double.NaN, Double.NaN);

    private static Verdict of(Relation relation) {
      return new Verdict(relation, Double.NaN, Double.NaN);
    }

    /** The same relation of renditions whose times have nothing to do with each other. */
    Verdict withoutLag() {
      return new Verdict(relation, Double.NaN, offsetMillis);
    }

    /** With the lag, and perhaps the offset, of an earlier verdict where this one has none. */
    Verdict orElse(Verdict earlier, boolean offsetToo) {
      return new Verdict(
          relation,
          Double.isNaN(lagMillis) ? earlier.lagMillis : lagMillis,
          Double.isNaN(offsetMillis) && offsetToo ? earlier.offsetMillis : offsetMillis);
    }
  }

  /**
   * Compares what both showed up to a time that both have reached.
   *
   * @param reachedMicros ladder time
   */
  static Verdict compare(SignatureHistory first, SignatureHistory second, long reachedMicros) {
    long from = reachedMicros - Offset.WINDOW_MICROS - NEAR_MICROS;
    long to = reachedMicros + NEAR_MICROS;
    Placed near = place(series(first, from, to), series(second, from, to), reachedMicros);
    if (near.known()) {
      return same(near.lagMillis(), first, second, reachedMicros);
    }
    PictureSeries a = PictureSeries.of(first.pictures());
    PictureSeries b = PictureSeries.of(second.pictures());
    Placed anywhere = place(a, b, reachedMicros);
    if (anywhere.known()) {
      return same(anywhere.lagMillis(), first, second, reachedMicros);
    }
    if (anywhere.incomplete()) {
      return Verdict.UNKNOWN;
    }
    double luma =
        Math.min(lumaDifference(a, reachedMicros, b), lumaDifference(b, reachedMicros, a));
    if (luma < SAME_LUMA) {
      return Verdict.of(Relation.SAME);
    }
    boolean unlike = Math.max(anywhere.best(), near.best()) < UNLIKE;
    return unlike && luma > OTHER_LUMA && bothShowPictures(a, b, reachedMicros)
        ? Verdict.of(Relation.DIFFERENT)
        : Verdict.UNKNOWN;
  }

  private static PictureSeries series(SignatureHistory history, long from, long to) {
    return PictureSeries.of(
        history.pictures().stream()
            .filter(f -> SignatureHistory.pictureEnd(f) >= from && f.ptsMicros() <= to)
            .toList());
  }

  /**
   * Where the windows of both were found in the other.
   *
   * @param lagMillis how much later they are in the first, NaN when neither was found
   * @param best the better correlation
   * @param incomplete whether one of them could not be looked for
   */
  private record Placed(double lagMillis, double best, boolean incomplete) {
    boolean known() {
      return !Double.isNaN(lagMillis);
    }
  }

  private static Placed place(PictureSeries a, PictureSeries b, long reached) {
    long from = reached - Offset.WINDOW_MICROS;
    Optional<Lag> forward = PictureComparison.lag(a, from, reached, b);
    if (forward.isPresent() && forward.get().accepted()) {
      return new Placed(forward.get().micros() / 1000, forward.get().best(), false);
    }
    Optional<Lag> backward = PictureComparison.lag(b, from, reached, a);
    if (backward.isPresent() && backward.get().accepted()) {
      return new Placed(-backward.get().micros() / 1000, backward.get().best(), false);
    }
    double best = Math.max(forward.map(Lag::best).orElse(0.0), backward.map(Lag::best).orElse(0.0));
    return new Placed(Double.NaN, best, forward.isEmpty() || backward.isEmpty());
  }

  private static Verdict same(
      double lagMillis, SignatureHistory first, SignatureHistory second, long reached) {
    if (first.sounds().isEmpty() || second.sounds().isEmpty()) {
      return new Verdict(Relation.SAME, lagMillis, Double.NaN);
    }
    long to = Math.min(reached, Math.min(first.soundEndMicros(), second.soundEndMicros())) / 1000;
    SoundSeries a = SoundSeries.of(first.sounds());
    SoundSeries b = SoundSeries.of(second.sounds());
    double heard =
        // What one has at the end of its window the other may not have yet: then the other way.
        soundLag(a, to, b, lagMillis)
            .orElseGet(() -> -soundLag(b, to, a, -lagMillis).orElse(Double.NaN));
    return new Verdict(Relation.SAME, lagMillis, heard - lagMillis);
  }

  private static Optional<Double> soundLag(
      SoundSeries here, long toMillis, SoundSeries there, double nearMillis) {
    return SoundComparison.lag(
            here,
            toMillis - Offset.WINDOW_MICROS / 1000,
            toMillis,
            there,
            Math.round(nearMillis),
            SOUND_REACH_MILLIS)
        .filter(Lag::accepted)
        .map(lag -> lag.micros() / 1000);
  }

  /** Smallest mean difference of block lumas between the window and any stretch around it. */
  private static double lumaDifference(PictureSeries here, long end, PictureSeries there) {
    double least = Double.MAX_VALUE;
    long window = end - Offset.WINDOW_MICROS;
    double first = Math.max(there.time(0), window - LUMA_REACH_MICROS);
    double last =
        Math.min(there.time(there.rows() - 1) - Offset.WINDOW_MICROS, window + LUMA_REACH_MICROS);
    for (double start = first; start <= last; start += LUMA_STEP_MICROS) {
      double sum = 0;
      int count = 0;
      for (long at = 0; at < Offset.WINDOW_MICROS; at += LUMA_STEP_MICROS) {
        int rowHere = here.rowFrom(window + at);
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

  private static boolean bothShowPictures(PictureSeries a, PictureSeries b, long end) {
    return whole(a, end)
        && whole(b, end)
        && flatShare(a, end) <= MOST_FLAT
        && flatShare(b, end) <= MOST_FLAT
        && Math.abs(stillShare(a, end) - stillShare(b, end)) <= MOST_STILL_DIFFERENCE;
  }

  /** Whether the time that is looked back on is known without a hole. */
  private static boolean whole(PictureSeries series, long end) {
    double before = end - LOOK_BACK_MICROS;
    if (series.rows() == 0 || series.time(0) > before + LONGEST_HOLE_MICROS) {
      return false;
    }
    for (int row = series.rowFrom(before); row < series.rows() && series.time(row) <= end; row++) {
      if (series.time(row) - before > LONGEST_HOLE_MICROS) {
        return false;
      }
      before = series.time(row);
    }
    return end - before <= LONGEST_HOLE_MICROS;
  }

  private static double flatShare(PictureSeries series, long end) {
    int from = series.rowFrom(end - LOOK_BACK_MICROS);
    int to = series.rowFrom(end);
    int flat = 0;
    for (int row = from; row < to; row++) {
      float least = Float.MAX_VALUE;
      float most = -Float.MAX_VALUE;
      for (int b = 0; b < PictureSignature.BLOCKS; b++) {
        least = Math.min(least, series.luma(row, b));
        most = Math.max(most, series.luma(row, b));
      }
      flat += most - least < FLAT_LEVELS ? 1 : 0;
    }
    return flat / (double) Math.max(1, to - from);
  }

  private static double stillShare(PictureSeries series, long end) {
    int from = series.rowFrom(end - LOOK_BACK_MICROS);
    int to = series.rowFrom(end);
    int still = 0;
    for (int row = from; row < to; row++) {
      boolean moves = false;
      for (int b = 0; b < PictureSignature.BLOCKS; b++) {
        moves |= series.activity(row, b) > STILL_ACTIVITY;
      }
      still += moves ? 0 : 1;
    }
    return still / (double) Math.max(1, to - from);
  }
}
