package io.aircheck.benchmarks.causes;

import io.aircheck.experience.cause.Cause;
import io.aircheck.experience.cause.CauseFinder;
import io.aircheck.experience.cause.Combination;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How well a method does on a data set: over all cases, causes that it found (true positives), that
 * it named and are none (false positives), and that it missed (false negatives); F1 = 2 TP / (2 TP
 * + FP + FN), as RiskLoc's publication computes it. A cause is found if all its values are.
 */
public final class Score {
  private final List<Double> millis = new ArrayList<>();
  private int found;
  private int wrong;
  private int missed;

  /** Asks a method about a case. */
  public void add(CauseFinder method, Case asked) {
    long start = System.nanoTime();
    List<Cause> causes = method.find(asked.table());
    millis.add((System.nanoTime() - start) / 1e6);
    Set<Combination> named = new HashSet<>(causes.stream().map(Cause::where).toList());
    Set<Combination> right = new HashSet<>(named);
    right.retainAll(asked.truth());
    found += right.size();
    wrong += named.size() - right.size();
    missed += asked.truth().size() - right.size();
  }

  /** Harmonic mean of precision and recall, 0..1. */
  public double f1() {
    return 2.0 * found / Math.max(1, 2 * found + wrong + missed);
  }

  @Override
  public String toString() {
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%d cases: F1 %.3f, precision %.3f, recall %.3f (%d found, %d wrong, %d missed);"
            + " %.1f ms median, %.0f ms longest",
        sorted.size(),
        f1(),
        found / (double) Math.max(1, found + wrong),
        found / (double) Math.max(1, found + missed),
        found,
        wrong,
        missed,
        sorted.get(sorted.size() / 2),
        sorted.getLast());
  }
}
