package io.aircheck.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;

/** A quantity over time, and how fast it grows: the slope of least squares. Not thread-safe. */
final class Trend {
  private record Point(double hours, double value) {}

  private final List<Point> points = new ArrayList<>();

  /** Adds a value; not a number: nothing was measured. */
  void add(double hours, double value) {
    if (!Double.isNaN(value)) {
      points.add(new Point(hours, value));
    }
  }

  /** Growth per hour of what was measured from a time on; not a number with fewer than 3 values. */
  double slopePerHour(double fromHours) {
    List<Point> late = points.stream().filter(point -> point.hours() >= fromHours).toList();
    if (late.size() < 3) {
      return Double.NaN;
    }
    double hours = late.stream().mapToDouble(Point::hours).average().orElseThrow();
    double value = late.stream().mapToDouble(Point::value).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (Point point : late) {
      covariance += (point.hours() - hours) * (point.value() - value);
      variance += (point.hours() - hours) * (point.hours() - hours);
    }
    return covariance / variance;
  }

  /** Mean between two times; not a number where nothing was measured. */
  double mean(double fromHours, double toHours) {
    return points.stream()
        .filter(point -> point.hours() >= fromHours && point.hours() < toHours)
        .mapToDouble(Point::value)
        .average()
        .orElse(Double.NaN);
  }
}
