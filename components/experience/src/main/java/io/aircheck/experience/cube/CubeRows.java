package io.aircheck.experience.cube;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a question in the making, from cells of one grouping. Not thread-safe. */
final class CubeRows {
  private final CubeQuery query;
  private final List<String> grouping;
  private final boolean distributions;
  private final Map<List<String>, Cell> rows = new HashMap<>();

  /** Rows by keys of the grouping: each key comes once in every window. */
  private final Map<List<String>, Target> targets = new HashMap<>();

  private final Cell others;

  /**
   * Where cells of a key go.
   *
   * @param row null: they do not fit the filter
   */
  private record Target(@Nullable Cell row) {}

  CubeRows(CubeQuery query, CubeSpec.Grouping grouping) {
    this.query = query;
    this.grouping = grouping.dimensions();
    this.distributions = grouping.distributions() && !query.sumsAlone();
    this.others = new Cell(distributions);
  }

  /** The row that cells of a key go to; null: they do not fit the filter. */
  @Nullable Cell of(List<String> key) {
    return targets.computeIfAbsent(key, this::target).row();
  }

  private Target target(List<String> key) {
    for (Map.Entry<String, String> wanted : query.filter().entrySet()) {
      if (!key.get(grouping.indexOf(wanted.getKey())).equals(wanted.getValue())) {
        return new Target(null);
      }
    }
    List<String> values =
        query.by().stream().map(dimension -> key.get(grouping.indexOf(dimension))).toList();
    return new Target(rows.computeIfAbsent(values, row -> new Cell(distributions)));
  }

  /** Whether nothing but sums is wanted of cells. */
  boolean sumsAlone() {
    return query.sumsAlone();
  }

  /** What goes to no row of its own. */
  Cell others() {
    return others;
  }

  CubeAnswer answer() {
    List<CubeAnswer.Row> answered = new ArrayList<>();
    rows.forEach((values, cell) -> answered.add(new CubeAnswer.Row(values, cell)));
    return new CubeAnswer(answered, others, others.deltas());
  }
}
