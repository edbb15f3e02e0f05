package io.aircheck.deploy.flink;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a sum grows that is told every few seconds, and may begin anew. Not thread-safe. */
final class Rate {
  /** What is told in shorter succession says little: processor time is counted in ticks. */
  private static final long LEAST_NANOS = 2_000_000_000L;

  private record Point(long atNanos, double sum) {}

  private final Deque<Point> points = new ArrayDeque<>();

  /** The sum is this now. */
  void told(long nowNanos, double sum) {
    if (!points.isEmpty() && sum < points.getLast().sum()) {
      points.clear();
    }
    points.addLast(new Point(nowNanos, sum));
    while (points.size() > 2 && nowNanos - second().atNanos() >= LEAST_NANOS) {
      points.removeFirst();
    }
  }

  private Point second() {
    return points.stream().skip(1).findFirst().orElseThrow();
  }

  /** When the sum was told last; monotonic time, nanoseconds. Not before it was. */
  long toldNanos() {
    return points.getLast().atNanos();
  }

  /** Its growth a second through the last few seconds; 0 while it was told once only. */
  double perSecond() {
    Point first = points.getFirst();
    Point last = points.getLast();
    long nanos = last.atNanos() - first.atNanos();
    return nanos == 0 ? 0 : (last.sum() - first.sum()) / (nanos / 1e9);
  }
}
