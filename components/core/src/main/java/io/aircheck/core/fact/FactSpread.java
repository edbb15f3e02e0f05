package io.aircheck.core.fact;

import java.util.List;

/**
 * A part of how values are spread: so much weight has this value. The values are those of the bins
 * of DDSketch with logarithmic mapping (Masson, Rim, Lee, VLDB 2019), so each is within {@link
 * #ACCURACY} of the true ones that it stands for.
 *
 * @param values of the dimensions asked for
 * @param value not negative
 * @param weight above zero
 */
public record FactSpread(List<String> values, double value, double weight) {
  /** Largest relative error of a value. */
  public static final double ACCURACY = 0.01;

  /** Ratio of the bounds of a bin. */
  public static final double GAMMA = (1 + ACCURACY) / (1 - ACCURACY);

  public FactSpread {
    values = List.copyOf(values);
  }

  /** The value that stands for a bin: that of bin i lie above gamma^(i-1), up to gamma^i. */
  public static double valueOf(int bin) {
    return 2 * Math.pow(GAMMA, bin) / (1 + GAMMA);
  }

  /** The bin of a value above zero. */
  public static int binOf(double value) {
    return (int) Math.ceil(Math.log(value) / Math.log(GAMMA));
  }
}
