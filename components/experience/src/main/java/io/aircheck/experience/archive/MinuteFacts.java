package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLayout.Column;
import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The table of minutes: a fact for each cell of the cube, its windows of a minute as one. */
public final class MinuteFacts {
  /** The column of the dimensions that cells are of, joined by plus signs. */
  static final String GROUPING = "grouping";

  /** The grouping without dimensions, which also tells how many windows there were. */
  static final String WHOLE = "(all)";

  /** Windows of which anything is known. */
  static final String WINDOWS = "windows";

  /** Deltas that had no cell of their own. */
  static final String OTHER_DELTAS = "otherDeltas";

  /** What its facts have. */
  public static final FactLayout LAYOUT = layout();

  private final CubeSpec spec;

  MinuteFacts(CubeSpec spec) {
    this.spec = spec;
  }

  private static FactLayout layout() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(GROUPING, Kind.TEXT));
    columns.add(new Column(Cohort.CONTENT, Kind.TEXT));
    columns.add(new Column(Cohort.RENDITION, Kind.TEXT));
    SessionFacts.ATTRIBUTES.forEach(name -> columns.add(new Column(name, Kind.TEXT)));
    columns.add(new Column(SessionFacts.CUSTOM, Kind.LABELS));
    columns.add(new Column(WINDOWS, Kind.SUM));
    columns.add(new Column(OTHER_DELTAS, Kind.SUM));
    SessionFacts.sums().forEach(columns::add);
    return new FactLayout("minutes", columns);
  }

  /** Name of a grouping by its dimensions. */
  private static String name(List<String> dimensions) {
    return dimensions.isEmpty() ? WHOLE : String.join("+", dimensions);
  }

  /** Name of the rest of a grouping: cells that it had no room for. */
  static String others(String grouping) {
    return grouping + " (others)";
  }

  /** The smallest grouping that has dimensions; empty: none has them all. */
  Optional<String> grouping(CubeQuery query) {
    OptionalInt grouping = spec.grouping(query);
    return grouping.isPresent()
        ? Optional.of(name(spec.groupings().get(grouping.getAsInt()).dimensions()))
        : Optional.empty();
  }

  /** Which windows of a minute of the cube are known: bit i is set for the one of number i. */
  int known(RecentCube cube, long minuteMillis) {
    int known = 0;
    int windows = (int) (ArchivePolicy.MINUTE_MILLIS / spec.windowMillis());
    for (int i = 0; i < windows; i++) {
      long from = minuteMillis + i * spec.windowMillis();
      known |= cube.windows(from, from + spec.windowMillis()) > 0 ? 1 << i : 0;
    }
    return known;
  }

  /** Facts of a minute of the cube; none: nothing is known of it. */
  List<Fact> of(RecentCube cube, long minuteMillis) {
    long end = minuteMillis + ArchivePolicy.MINUTE_MILLIS;
    int windows = cube.windows(minuteMillis, end);
    if (windows == 0) {
      return List.of();
    }
    List<Fact> facts = new ArrayList<>();
    for (Grouping grouping : spec.groupings()) {
      List<String> by = grouping.dimensions();
      cube.ask(new CubeQuery(minuteMillis, end, Map.of(), by).forSums())
          .ifPresent(answer -> add(facts, minuteMillis, windows, by, answer));
    }
    return facts;
  }

  private static void add(
      List<Fact> facts, long minuteMillis, int windows, List<String> by, CubeAnswer answer) {
    for (CubeAnswer.Row row : answer.rows()) {
      Measures sums = row.cell().sums();
      facts.add(
          by.isEmpty()
              ? whole(minuteMillis, windows, sums)
              : row(minuteMillis, by, row.values(), sums));
    }
    if (answer.otherDeltas() > 0) {
      facts.add(others(minuteMillis, by, answer.otherDeltas(), answer.others().sums()));
    }
  }

  /**
   * Sums of all viewers.
   *
   * @param windows of which anything is known
   */
  static Fact whole(long minuteMillis, int windows, Measures sums) {
    return fact(minuteMillis, WHOLE, Map.of(), windows, 0, sums);
  }

  /** Sums of viewers who have some values in common. */
  static Fact row(long minuteMillis, List<String> by, List<String> values, Measures sums) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < by.size(); i++) {
      named.put(by.get(i), values.get(i));
    }
    return fact(minuteMillis, name(by), named, 0, 0, sums);
  }

  /** Sums of those that had no room. */
  static Fact others(long minuteMillis, List<String> by, long deltas, Measures sums) {
    return fact(minuteMillis, others(name(by)), Map.of(), 0, deltas, sums);
  }

  private static Fact fact(
      long minuteMillis,
      String grouping,
      Map<String, String> values,
      long windows,
      long otherDeltas,
      Measures sums) {
    Map<String, String> attributes = new HashMap<>(values);
    String content = attributes.remove(Cohort.CONTENT);
    String rendition = attributes.remove(Cohort.RENDITION);
    List<@Nullable Object> cells = new ArrayList<>(LAYOUT.columns().size());
    cells.add(grouping);
    cells.add(content == null ? null : SessionFacts.text(content));
    cells.add(rendition == null ? null : SessionFacts.text(rendition));
    SessionFacts.addAttributes(cells, attributes);
    cells.add(windows);
    cells.add(otherDeltas);
    SessionFacts.addSums(cells, sums);
    return new Fact(minuteMillis, cells);
  }
}
