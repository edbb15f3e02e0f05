package io.aircheck.experience.alert;

import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What was measured of all views in a window of time, by several sets of dimensions. It has to be
 * complete: what comes later for the same time is not looked at.
 *
 * @param startMillis its start, by the clock of the service
 * @param lengthMillis its length
 * @param groupings sums by sets of dimensions; those named first are preferred where they explain
 *     equally well
 */
public record CubeWindow(long startMillis, long lengthMillis, List<Grouping> groupings) {
  /**
   * @throws IllegalArgumentException if it has no length
   */
  public CubeWindow {
    groupings = List.copyOf(groupings);
    if (lengthMillis < 1) {
      throw new IllegalArgumentException("a window of " + lengthMillis + " ms");
    }
  }

  /**
   * Sums by the values of some dimensions.
   *
   * @param dimensions their names; none: the whole
   * @param rows one for each combination of values, in an order that does not matter
   */
  public record Grouping(List<String> dimensions, List<Row> rows) {
    public Grouping {
      dimensions = List.copyOf(dimensions);
      rows =
          rows.stream()
              .sorted(Comparator.comparing(row -> String.join("\0", row.values())))
              .toList();
    }
  }

  /**
   * Sums of one combination of values.
   *
   * @param values in the order of the dimensions
   */
  public record Row(List<String> values, Measures sums) {
    public Row {
      values = List.copyOf(values);
    }
  }

  /**
   * A window of a cube. Rows that were too rare for cells of their own are in none but the whole.
   *
   * @param cube answers questions about its windows
   * @param groupings sets of dimensions that the cube keeps together
   * @throws IllegalArgumentException if the cube does not keep one of them together
   */
  public static CubeWindow of(
      Function<CubeQuery, Optional<CubeAnswer>> cube,
      long startMillis,
      long lengthMillis,
      List<List<String>> groupings) {
    List<Grouping> answers = new ArrayList<>();
    for (List<String> dimensions : groupings) {
      CubeQuery query =
          new CubeQuery(startMillis, startMillis + lengthMillis, Map.of(), dimensions);
      CubeAnswer answer =
          cube.apply(query.forSums())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the cube does not keep " + dimensions + " together; add the grouping"));
      List<Row> rows = new ArrayList<>();
      for (CubeAnswer.Row row : answer.rows()) {
        Measures sums = row.cell().sums();
        rows.add(
            new Row(row.values(), dimensions.isEmpty() ? sums.plus(answer.others().sums()) : sums));
      }
      answers.add(new Grouping(dimensions, rows));
    }
    return new CubeWindow(startMillis, lengthMillis, answers);
  }

  /**
   * Sets of dimensions to look at: those of the cube and all parts of them, since the fewest values
   * that explain a change are the best explanation; fewer dimensions first.
   */
  public static List<List<String>> groupings(CubeSpec spec) {
    Set<List<String>> groupings = new LinkedHashSet<>();
    for (CubeSpec.Grouping grouping : spec.groupings()) {
      groupings.addAll(parts(grouping.dimensions()));
    }
    return groupings.stream().sorted(Comparator.comparingInt(List::size)).toList();
  }

  private static List<List<String>> parts(List<String> dimensions) {
    List<List<String>> parts = new ArrayList<>(List.of(List.of()));
    for (String dimension : dimensions) {
      for (List<String> part : List.copyOf(parts)) {
        List<String> longer = new ArrayList<>(part);
        longer.add(dimension);
        parts.add(List.copyOf(longer));
      }
    }
    return parts;
  }
}
