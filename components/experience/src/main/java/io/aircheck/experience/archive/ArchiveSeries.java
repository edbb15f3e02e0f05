package io.aircheck.experience.archive;

import io.aircheck.experience.cube.Cell;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.measure.Measures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums over time, gathered from where they are. Not thread-safe. */
public final class ArchiveSeries {
  /**
   * A step of time.
   *
   * @param fromMillis its start
   * @param answer sums alone
   * @param windows of 10 s of which anything is known
   */
  public record Step(long fromMillis, CubeAnswer answer, int windows) {}

  /** What is known of a step so far. */
  private static final class Gathered {
    private final Map<List<String>, Measures> rows = new HashMap<>();
    private Measures others = Measures.ZERO;
    private long otherDeltas;
    private int windows;
  }

  private final long stepMillis;
  private final TreeMap<Long, Gathered> steps = new TreeMap<>();

  /** A series without sums. */
  ArchiveSeries(long fromMillis, long toMillis, long stepMillis) {
    this.stepMillis = stepMillis;
    for (long step = stepOf(fromMillis); step < toMillis; step += stepMillis) {
      steps.put(step, new Gathered());
    }
  }

  private long stepOf(long millis) {
    return Math.floorDiv(millis, stepMillis) * stepMillis;
  }

  private Gathered at(long millis) {
    return steps.computeIfAbsent(stepOf(millis), step -> new Gathered());
  }

  void add(long millis, List<String> values, Measures sums) {
    at(millis).rows.merge(values, sums, Measures::plus);
  }

  void addOthers(long millis, Measures sums, long deltas) {
    Gathered step = at(millis);
    step.others = step.others.plus(sums);
    step.otherDeltas += deltas;
  }

  void addWindows(long millis, int windows) {
    at(millis).windows += windows;
  }

  /** Its steps, oldest first, those without anything too. */
  public List<Step> steps() {
    List<Step> all = new ArrayList<>();
    steps.forEach(
        (from, step) -> {
          List<CubeAnswer.Row> rows = new ArrayList<>();
          step.rows.forEach((values, sums) -> rows.add(new CubeAnswer.Row(values, Cell.of(sums))));
          all.add(
              new Step(
                  from,
                  new CubeAnswer(rows, Cell.of(step.others), step.otherDeltas),
                  step.windows));
        });
    return all;
  }
}
