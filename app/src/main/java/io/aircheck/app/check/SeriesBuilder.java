package io.aircheck.app.check;

import io.aircheck.app.report.Illustrations;
import java.util.ArrayList;
import java.util.List;

/**
 * Thins a metric out to a bounded number of stretches of equal length that keep smallest, mean and
 * largest value: when they run out, neighbours are joined and the length doubles.
 */
final class SeriesBuilder {
  /** More than a page has columns of pixels for. */
  static final int MAX_POINTS = 1000;

  private static final long FIRST_LENGTH_MICROS = 10_000;

  private final long[] index = new long[MAX_POINTS];
  private final double[] min = new double[MAX_POINTS];
  private final double[] max = new double[MAX_POINTS];
  private final double[] sum = new double[MAX_POINTS];
  private final long[] count = new long[MAX_POINTS];
  private long lengthMicros = FIRST_LENGTH_MICROS;
  private int size;

  void add(long ptsMicros, double value) {
    long at = Math.floorDiv(ptsMicros, lengthMicros);
    while (size == MAX_POINTS && at != index[size - 1]) {
      halve();
      at = Math.floorDiv(ptsMicros, lengthMicros);
    }
    if (size > 0 && at <= index[size - 1]) {
      // Also the rare value that comes out of order.
      join(size - 1, value, value, value, 1);
    } else {
      index[size] = at;
      min[size] = value;
      max[size] = value;
      sum[size] = value;
      count[size] = 1;
      size++;
    }
  }

  private void halve() {
    lengthMicros *= 2;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      long at = Math.floorDiv(index[i], 2);
      if (kept > 0 && index[kept - 1] == at) {
        join(kept - 1, min[i], max[i], sum[i], count[i]);
      } else {
        index[kept] = at;
        min[kept] = min[i];
        max[kept] = max[i];
        sum[kept] = sum[i];
        count[kept] = count[i];
        kept++;
      }
    }
    size = kept;
  }

  private void join(int into, double otherMin, double otherMax, double otherSum, long otherCount) {
    min[into] = Math.min(min[into], otherMin);
    max[into] = Math.max(max[into], otherMax);
    sum[into] += otherSum;
    count[into] += otherCount;
  }

  List<Illustrations.Point> points() {
    List<Illustrations.Point> points = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      points.add(
          new Illustrations.Point(
              index[i] * lengthMicros / 1e6, min[i], sum[i] / count[i], max[i]));
    }
    return points;
  }
}
