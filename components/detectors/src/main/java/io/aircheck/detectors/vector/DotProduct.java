package io.aircheck.detectors.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of products of two series of numbers, such as samples and the taps of a filter.
 * Thread-safe.
 *
 * <p>Its terms are added in an order of its own, whatever the width of the machine's vectors.
 * {@link FloatVector#reduceLanes} leaves the order open, and so gives other digits when its caller
 * is compiled, and on another machine; with them, a task that is restored would not find what it
 * would have found going on (decision 141). Products are rounded before they are added: adding them
 * unrounded takes many times as long on a machine that has no instruction for it.
 */
public final class DotProduct {
  private static final VectorSpecies<Float> SPECIES = SampleVectors.FLOATS;

  /** As many sums as the widest vector in use has lanes are left at the end. */
  private static final int COLUMNS = SampleVectors.WIDEST / Float.BYTES;

  /** Of each column so many sums are made, so that one addition need not wait for another. */
  private static final int ROWS = 4;

  private static final int STEP = ROWS * COLUMNS;

  private DotProduct() {}

  /**
   * Multiplies all of one series with as much of another, and adds the products.
   *
   * <p>Each 32nd product goes into the same sum. Four of these sums at a time, eight apart, are
   * added in single precision, what comes of it in double precision from the first on, and then the
   * products that are left over from the last whole 32.
   *
   * @param offset index in {@code b} of what the first element of {@code a} is multiplied with
   * @return a number in the units of {@code a} times those of {@code b}
   * @throws IndexOutOfBoundsException when {@code b} ends before {@code a} does
   */
  public static double of(float[] a, float[] b, int offset) {
    int bound = a.length - a.length % STEP;
    float[] sums = new float[COLUMNS];
    for (int column = 0; column < COLUMNS; column += SPECIES.length()) {
      columns(a, b, offset, column, bound).intoArray(sums, column);
    }
    double total = 0;
    for (float sum : sums) {
      total += sum;
    }
    for (int i = bound; i < a.length; i++) {
      total += a[i] * b[offset + i];
    }
    return total;
  }

  /** Sums of the columns from one on, as many as a vector has lanes. */
  private static FloatVector columns(float[] a, float[] b, int offset, int column, int bound) {
    FloatVector first = FloatVector.zero(SPECIES);
    FloatVector second = FloatVector.zero(SPECIES);
    FloatVector third = FloatVector.zero(SPECIES);
    FloatVector fourth = FloatVector.zero(SPECIES);
    for (int i = column; i < bound; i += STEP) {
      first = withProducts(first, a, b, offset, i);
      second = withProducts(second, a, b, offset, i + COLUMNS);
      third = withProducts(third, a, b, offset, i + 2 * COLUMNS);
      fourth = withProducts(fourth, a, b, offset, i + 3 * COLUMNS);
    }
    return first.add(second).add(third.add(fourth));
  }

  private static FloatVector withProducts(
      FloatVector sums, float[] a, float[] b, int offset, int i) {
    return FloatVector.fromArray(SPECIES, a, i)
        .mul(FloatVector.fromArray(SPECIES, b, offset + i))
        .add(sums);
  }
}
