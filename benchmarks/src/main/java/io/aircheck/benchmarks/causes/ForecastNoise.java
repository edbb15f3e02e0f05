package io.aircheck.benchmarks.causes;

import java.nio.file.Path;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Lets the forecasts of sums miss by more than they do: each leaf's is multiplied by 1 + deviation
 * × a standard normal number, and is 0 where that is less.
 *
 * <p>A table's numbers are those of {@link Random#nextGaussian} in the order of its rows, by a seed
 * that is the {@link String#hashCode} of its name, a space and its causes as they are written; they
 * are the same each time, and the same for every deviation.
 *
 * @param deviation standard deviation of what it adds, as a share of the forecast, 0..1
 */
public record ForecastNoise(double deviation) {
  /** Leaves forecasts as they are. */
  public static final ForecastNoise NONE = new ForecastNoise(0);

  /**
   * @throws IllegalArgumentException if the deviation is out of range
   */
  public ForecastNoise {
    if (!(deviation >= 0 && deviation <= 1)) {
      throw new IllegalArgumentException("noise is to be between 0 and 1, not " + deviation);
    }
  }

  /**
   * From its deviation as it is written, as in {@code 0.04}.
   *
   * @throws IllegalArgumentException if that is no number, or out of range
   */
  public static ForecastNoise parse(String deviation) {
    try {
      return new ForecastNoise(Double.parseDouble(deviation));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "noise is to be a number between 0 and 1, not " + deviation, e);
    }
  }

  /**
   * Refuses data of a ratio: noise is for sums only.
   *
   * @throws IllegalArgumentException unless this is no noise at all
   */
  public void refuseRatio(Path data) {
    if (deviation != 0) {
      throw new IllegalArgumentException(
          data + " is of a ratio: noise is added to the forecasts of sums only");
    }
  }

  /** From the forecast of a row to that with noise, for the rows of a table one after another. */
  DoubleUnaryOperator ofTable(String name, String causes) {
    if (deviation == 0) {
      return DoubleUnaryOperator.identity();
    }
    Random random = new Random((name + " " + causes).hashCode());
    return forecast -> Math.max(0, forecast * (1 + deviation * random.nextGaussian()));
  }
}
