package io.aircheck.app.serve.streams;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What machines have left for new streams, each of which goes to the machine with the most left.
 * What is used for certain counts, the least of the latest measurements: a peak does not; and what
 * streams will use that were taken since. Not thread-safe.
 */
final class FreeCores {
  /**
   * Measurements, one every few seconds, until they count against new streams: the first seconds of
   * a process, and of each stream, go into compiling.
   */
  static final int SETTLED = 6;

  /**
   * A machine, or a process of one that has part of it.
   *
   * @param name tells it from others, and is the same the next time
   * @param limitCores so many cores may be used
   * @param usedCores so many have been since the last measurement
   */
  record Machine(String name, double limitCores, double usedCores) {}

  private final Deque<Map<String, Double>> recentlyUsed = new ArrayDeque<>();

  /** What was promised to new streams after each of the latest measurements. */
  private final Deque<Double> promised = new ArrayDeque<>(List.of(0.0));

  private List<Machine> machines = List.of();

  /** This was measured since the last time; without machines: nobody knows. */
  void measured(List<Machine> now) {
    machines = List.copyOf(now);
    Map<String, Double> used = new HashMap<>();
    now.forEach(machine -> used.put(machine.name(), machine.usedCores()));
    recentlyUsed.addLast(used);
    promised.addLast(0.0);
    while (recentlyUsed.size() > SETTLED) {
      recentlyUsed.removeFirst();
    }
    while (promised.size() > SETTLED) {
      promised.removeFirst();
    }
  }

  /** A stream was taken that will use so much. */
  void promise(double cores) {
    promised.addLast(promised.removeLast() + cores);
  }

  /**
   * So much one more stream may use; negative on machines that are too full, without a bound where
   * nobody knows. Promises are poured over the machines like water over ground: the least full ones
   * have all of it, and end equally full.
   */
  double most() {
    if (machines.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    List<Double> rooms =
        machines.stream()
            .map(machine -> machine.limitCores() - usedForCertain(machine.name()))
            .sorted(Comparator.reverseOrder())
            .toList();
    double left = -promised.stream().mapToDouble(cores -> cores).sum();
    for (int i = 0; i < rooms.size() - 1; i++) {
      left += rooms.get(i);
      if (left / (i + 1) >= rooms.get(i + 1)) {
        return left / (i + 1);
      }
    }
    return (left + rooms.getLast()) / rooms.size();
  }

  private double usedForCertain(String machine) {
    if (recentlyUsed.size() < SETTLED) {
      return 0;
    }
    return recentlyUsed.stream()
        .mapToDouble(used -> used.getOrDefault(machine, 0.0))
        .min()
        .orElse(0);
  }
}
