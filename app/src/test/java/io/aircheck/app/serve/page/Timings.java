package io.aircheck.app.serve.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times of the same things in several rounds. What else a machine does only adds to them, so the
 * least of each is held to its bound, and rounds end as soon as all are kept; a benchmark wants a
 * number of rounds, whatever they show.
 */
final class Timings {
  private static final int ROUNDS = Integer.getInteger("aircheck.rounds", 0);
  private static final int MOST_ROUNDS = 8;

  private final Map<String, List<Double>> millis = new LinkedHashMap<>();
  private final Map<String, Double> bounds = new LinkedHashMap<>();

  /** What is measured in one round. */
  @FunctionalInterface
  interface Round {
    void run(Timings timings) throws Exception;
  }

  /** Runs rounds, and prints what they showed. */
  static Timings of(Round round) throws Exception {
    Timings timings = new Timings();
    int rounds = 0;
    do {
      round.run(timings);
      rounds++;
    } while (ROUNDS > 0 ? rounds < ROUNDS : rounds < MOST_ROUNDS && !timings.missed().isEmpty());
    timings.millis.forEach(Timings::print);
    return timings;
  }

  void add(String what, double taken, double boundMillis) {
    millis.computeIfAbsent(what, key -> new ArrayList<>()).add(taken);
    bounds.put(what, boundMillis);
  }

  /** What was not within its bound in any round, and the least that it took. */
  Map<String, Double> missed() {
    Map<String, Double> missed = new LinkedHashMap<>();
    millis.forEach(
        (what, taken) -> {
          double least = Collections.min(taken);
          if (least >= bounds.getOrDefault(what, 0.0)) {
            missed.put(what, least);
          }
        });
    return missed;
  }

  private static void print(String what, List<Double> taken) {
    List<Double> sorted = taken.stream().sorted().toList();
    System.out.printf(
        "%s: %.0f ms (median of %d), %.0f to %.0f ms%n",
        what, sorted.get(sorted.size() / 2), sorted.size(), sorted.getFirst(), sorted.getLast());
  }
}
