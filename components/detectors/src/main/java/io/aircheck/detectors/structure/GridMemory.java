package io.aircheck.detectors.structure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the block grid does over time: the contrasts of a picture and their sum, each now, averaged
 * over a quarter of a second and a second, and over the last seconds (slow); and, against that
 * average, its recent peak (surge) and the quarter second (rise). Damage appears at once, drifts
 * for a while and goes at a key frame; a codec's own blocks and aligned texture are there all the
 * time.
 *
 * <p>Not thread-safe.
 */
final class GridMemory {
  /** Names of the contrasts in the order of {@link BlockGrid#contrasts}, and of their sum. */
  private static final List<String> SIGNALS =
      List.of(
          "vertical.present",
          "vertical.new",
          "vertical.gone",
          "horizontal.present",
          "horizontal.new",
          "horizontal.gone",
          "all");

  private static final List<String> MEMORIES =
      List.of("now", "quarter", "second", "surge", "rise", "slow");

  private static final double QUARTER_SECONDS = 0.25;
  private static final double SECOND_SECONDS = 1;
  private static final double PEAK_SECONDS = 1;
  private static final double SLOW_SECONDS = 4;

  /** Pictures further apart than this count as that far apart. */
  private static final double MAX_STEP_SECONDS = 1;

  private final double[] inputs = new double[SIGNALS.size() * MEMORIES.size()];
  private final double[][] averages = new double[4][SIGNALS.size()];
  private long pictures;
  private long lastMicros;

  /** Names of the inputs, in the order of {@link #inputs}. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (String memory : MEMORIES) {
      for (String signal : SIGNALS) {
        names.add(signal + "." + memory);
      }
    }
    return names;
  }

  /** Forgets all pictures. */
  void clear() {
    pictures = 0;
    for (double[] average : averages) {
      Arrays.fill(average, 0);
    }
  }

  /**
   * Takes in a picture.
   *
   * @param contrasts contrasts of the picture, see {@link BlockGrid#contrasts}
   * @return one value per name, overwritten by the next call
   */
  double[] inputs(long ptsMicros, double[] contrasts) {
    // The first picture only starts the clock: the averages grow from nothing.
    double seconds =
        pictures == 0 ? 0 : Math.clamp((ptsMicros - lastMicros) / 1e6, 0, MAX_STEP_SECONDS);
    lastMicros = ptsMicros;
    pictures++;
    double all = 0;
    for (int s = 0; s < contrasts.length; s++) {
      all += contrasts[s];
      remember(s, contrasts[s], seconds);
    }
    remember(contrasts.length, all, seconds);
    return inputs;
  }

  /** How much of a grid the last seconds showed of themselves: the slow average of the sum. */
  double background() {
    return averages[3][SIGNALS.size() - 1];
  }

  private void remember(int signal, double now, double seconds) {
    double quarter = approach(0, signal, now, weight(seconds, QUARTER_SECONDS));
    double second = approach(1, signal, now, weight(seconds, SECOND_SECONDS));
    double peak = Math.max(now, averages[2][signal] * Math.exp(-seconds / PEAK_SECONDS));
    averages[2][signal] = peak;
    // Of the first pictures the slow average is their mean, or it would lag for seconds.
    double slow =
        approach(3, signal, quarter, Math.max(weight(seconds, SLOW_SECONDS), 1.0 / pictures));
    double[] values = {now, quarter, second, peak - slow, quarter - slow, slow};
    for (int m = 0; m < values.length; m++) {
      inputs[m * SIGNALS.size() + signal] = values[m];
    }
  }

  private double approach(int average, int signal, double value, double weight) {
    averages[average][signal] += weight * (value - averages[average][signal]);
    return averages[average][signal];
  }

  private static double weight(double seconds, double timeConstant) {
    return 1 - Math.exp(-seconds / timeConstant);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(pictures);
    state.writeLong(lastMicros);
    for (double[] average : averages) {
      for (double value : average) {
        state.writeDouble(value);
      }
    }
  }

  void restore(DataInput state) throws IOException {
    pictures = state.readLong();
    lastMicros = state.readLong();
    for (double[] average : averages) {
      for (int s = 0; s < average.length; s++) {
        average[s] = state.readDouble();
      }
    }
  }
}
