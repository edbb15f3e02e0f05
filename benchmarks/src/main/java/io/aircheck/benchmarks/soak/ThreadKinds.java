package io.aircheck.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which threads there are over time, by their names without numbers: what grows has a name. */
final class ThreadKinds {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A difference of the means that is worth a line. */
  private static final double WORTH_TELLING = 0.5;

  private final Map<String, Trend> kinds = new TreeMap<>();

  /** How many there are now of each. */
  static Map<String, Integer> now() {
    Map<String, Integer> counts = new TreeMap<>();
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null) {
        counts.merge(thread.getThreadName().replaceAll("\\d+", "#"), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Takes note of those that there are now. */
  void add(double hours) {
    Map<String, Integer> counts = now();
    counts.keySet().forEach(kind -> kinds.computeIfAbsent(kind, added -> new Trend()));
    kinds.forEach((kind, trend) -> trend.add(hours, counts.getOrDefault(kind, 0)));
  }

  /** Prints kinds of which there are more or fewer in the last sixth than in the second. */
  void print(double hours) {
    kinds.forEach(
        (kind, trend) -> {
          double before = trend.mean(hours / 6, hours / 3);
          double now = trend.mean(hours * 5 / 6, hours * 2);
          if (Math.abs(now - (Double.isNaN(before) ? 0 : before)) >= WORTH_TELLING) {
            System.out.printf(Locale.ROOT, "  threads %-40s %6.1f  %12.1f%n", kind, before, now);
          }
        });
  }
}
