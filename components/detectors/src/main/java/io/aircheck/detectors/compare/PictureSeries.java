package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Fingerprint;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The rows of consecutive {@link PictureSignature}s, and what they look like at equal steps. */
final class PictureSeries {
  /** Rate at which pictures of different rates are compared. */
  private static final double COMMON_STEP_MICROS = 20_000;

  /** Time over which change is taken at the common rate: two pictures at 25 per second. */
  private static final double COMMON_CHANGE_MICROS = 80_000;

  /** A break longer than this is not interpolated across. */
  private static final double LONGEST_BREAK_MICROS = 500_000;

  /**
   * A picture repeats another when no block changes by more than coding noise, in levels of luma,
   * averaged over the block.
   */
  private static final float REPEATED_LEVELS = 0.5f;

  private static final int BLOCKS = PictureSignature.BLOCKS;

  private final double[] times;
  private final float[] activity;
  private final float[] luma;

  private PictureSeries(double[] times, float[] activity, float[] luma) {
    this.times = times;
    this.activity = activity;
    this.luma = luma;
  }

  static PictureSeries of(List<Fingerprint> fingerprints) {
    int rows = 0;
    for (Fingerprint fingerprint : fingerprints) {
      rows += fingerprint.values().length / PictureSignature.ROW;
    }
    double[] times = new double[rows];
    float[] activity = new float[rows * BLOCKS];
    float[] luma = new float[rows * BLOCKS];
    int row = 0;
    for (Fingerprint fingerprint : fingerprints) {
      float[] values = fingerprint.values();
      for (int at = 0; at < values.length; at += PictureSignature.ROW, row++) {
        times[row] = fingerprint.ptsMicros() + (double) values[at];
        System.arraycopy(values, at + 1, activity, row * BLOCKS, BLOCKS);
        System.arraycopy(values, at + 1 + BLOCKS, luma, row * BLOCKS, BLOCKS);
      }
    }
    return new PictureSeries(times, activity, luma);
  }

  int rows() {
    return times.length;
  }

  double time(int row) {
    return times[row];
  }

  /** Mean luma of a block of a row, 0..255. */
  float luma(int row, int block) {
    return luma[row * BLOCKS + block];
  }

  /** Activity of a block of a row: log2 of the mean change of its cells, with a floor of 0.1. */
  float activity(int row, int block) {
    return activity[row * BLOCKS + block];
  }

  /** The first row at or after a time; {@link #rows()} when there is none. */
  int rowFrom(double micros) {
    int found = Arrays.binarySearch(times, micros);
    return found >= 0 ? found : -found - 1;
  }

  /** Time from picture to picture, if nine of ten pictures keep to it within a tenth. */
  OptionalDouble pictureMicros() {
    if (times.length < 10) {
      return OptionalDouble.empty();
    }
    double[] steps = new double[times.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = times[i + 1] - times[i];
    }
    double[] sorted = steps.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    double sum = 0;
    int regular = 0;
    for (double step : steps) {
      if (Math.abs(step - median) <= 0.1 * median) {
        sum += step;
        regular++;
      }
    }
    return regular >= 0.9 * steps.length
        ? OptionalDouble.of(sum / regular)
        : OptionalDouble.empty();
  }

  /**
   * A row per picture: activity of each block, and its signed change of luma {@code sgn(D) log2(1 +
   * 8 |D|)}. Missing pictures repeat the one before.
   */
  UniformSeries perPicture(double pictureMicros) {
    int slots = (int) Math.round((times[times.length - 1] - times[0]) / pictureMicros) + 1;
    int channels = 2 * BLOCKS;
    float[] values = new float[slots * channels];
    int filled = 0;
    for (int row = 0; row < times.length; row++) {
      int slot = (int) Math.round((times[row] - times[0]) / pictureMicros);
      for (int hole = filled; hole < slot && hole > 0; hole++) {
        System.arraycopy(values, (hole - 1) * channels, values, hole * channels, channels);
      }
      for (int b = 0; b < BLOCKS; b++) {
        values[slot * channels + b] = activity(row, b);
        float change = row == 0 ? 0 : luma(row, b) - luma(row - 1, b);
        values[slot * channels + BLOCKS + b] = signedLog(change);
      }
      filled = slot + 1;
    }
    return new UniformSeries(times[0], pictureMicros, channels, values);
  }

  /**
   * Fifty rows a second whatever the rate: signed change of luma of each block over 80 ms.
   *
   * <p>Conversions to a higher rate repeat pictures, to a lower one leave pictures out. Between two
   * pictures that differ luma goes straight from one to the other, as it does in what was filmed;
   * repetitions are left out first, since a picture that is shown twice did not stand still.
   */
  UniformSeries atCommonRate() {
    PictureSeries moving = withoutRepetitions();
    double start = times[0] + COMMON_CHANGE_MICROS;
    int rows = (int) Math.floor((times[times.length - 1] - start) / COMMON_STEP_MICROS) + 1;
    float[] values = new float[Math.max(0, rows) * BLOCKS];
    int now = 0;
    int then = 0;
    for (int row = 0; row < rows; row++) {
      double time = start + row * COMMON_STEP_MICROS;
      double before = time - COMMON_CHANGE_MICROS;
      now = moving.advance(now, time);
      then = moving.advance(then, before);
      for (int b = 0; b < BLOCKS; b++) {
        values[row * BLOCKS + b] =
            signedLog(moving.lumaAt(now, time, b) - moving.lumaAt(then, before, b));
      }
    }
    return new UniformSeries(start, COMMON_STEP_MICROS, BLOCKS, values);
  }

  /**
   * The pictures that differ from the last one kept. Where nothing differed for longer than usual,
   * the picture that was due before is kept, too: the scene was still until then.
   */
  private PictureSeries withoutRepetitions() {
    boolean[] kept = new boolean[times.length];
    int[] changes = new int[times.length];
    int count = 0;
    for (int row = 0; row < times.length; row++) {
      if (row == 0 || differs(row, changes[count - 1])) {
        changes[count++] = row;
        kept[row] = true;
      }
    }
    double usual = usualMicros(changes, count);
    for (int i = 1; i < count; i++) {
      int due = changes[i];
      while (due > changes[i - 1] && times[changes[i]] - times[due] < 0.9 * usual) {
        due--;
      }
      kept[due] = true;
    }
    return only(kept);
  }

  /** Time from change to change, as it is most of the time. */
  private double usualMicros(int[] changes, int count) {
    double[] steps = new double[Math.max(0, count - 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = times[changes[i + 1]] - times[changes[i]];
    }
    Arrays.sort(steps);
    return steps.length == 0 ? 0 : steps[steps.length / 2];
  }

  private PictureSeries only(boolean[] kept) {
    int count = 0;
    double[] keptTimes = new double[times.length];
    float[] keptActivity = new float[activity.length];
    float[] keptLuma = new float[luma.length];
    for (int row = 0; row < times.length; row++) {
      if (kept[row]) {
        keptTimes[count] = times[row];
        System.arraycopy(activity, row * BLOCKS, keptActivity, count * BLOCKS, BLOCKS);
        System.arraycopy(luma, row * BLOCKS, keptLuma, count * BLOCKS, BLOCKS);
        count++;
      }
    }
    return new PictureSeries(
        Arrays.copyOf(keptTimes, count),
        Arrays.copyOf(keptActivity, count * BLOCKS),
        Arrays.copyOf(keptLuma, count * BLOCKS));
  }

  private boolean differs(int row, int from) {
    for (int b = 0; b < BLOCKS; b++) {
      if (Math.abs(luma(row, b) - luma(from, b)) > REPEATED_LEVELS) {
        return true;
      }
    }
    return false;
  }

  private int advance(int row, double time) {
    int at = row;
    while (at + 1 < times.length && times[at + 1] <= time) {
      at++;
    }
    return at;
  }

  private float lumaAt(int row, double time, int block) {
    if (row + 1 >= times.length || times[row + 1] - times[row] > LONGEST_BREAK_MICROS) {
      return luma(row, block);
    }
    double share = (time - times[row]) / (times[row + 1] - times[row]);
    return (float) (luma(row, block) + share * (luma(row + 1, block) - luma(row, block)));
  }

  private static float signedLog(float change) {
    return (float) (Math.signum(change) * Math.log(1 + 8 * Math.abs(change)) / Math.log(2));
  }
}
