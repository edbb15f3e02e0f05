package io.aircheck.storage.parquet;

import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLayout.Column;
import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactSpread;
import io.aircheck.core.fact.FactTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Statements about facts of a layout. Names of columns come from the layout alone; values and names
 * of labels that somebody asks for are parameters.
 */
final class FactSql {
  private static final String TIME = column(FactLayout.TIME);

  private final FactLayout layout;

  FactSql(FactLayout layout) {
    this.layout = layout;
  }

  /**
   * A statement.
   *
   * @param parameters in their order
   */
  record Query(String sql, List<String> parameters) {}

  /** A text as a literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String column(String name) {
    return '"' + name + '"';
  }

  /** A moment as a literal. */
  private static String time(long millis) {
    return "TIMESTAMPTZ '" + Instant.ofEpochMilli(millis) + "'";
  }

  /** Makes a table of facts. */
  String create(String table) {
    return layout.columns().stream()
        .map(column -> column(column.name()) + " " + type(column.kind()))
        .collect(
            Collectors.joining(
                ", ", "CREATE TEMP TABLE %s (%s TIMESTAMPTZ, ".formatted(table, TIME), ")"));
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case TEXT, WORD -> "VARCHAR";
      case NUMBER, SUM -> "BIGINT";
      case LABELS -> "MAP(VARCHAR, VARCHAR)";
      case EARLIEST, LATEST -> "TIMESTAMPTZ";
    };
  }

  /**
   * Files as a source of facts. Columns that some do not have, because an earlier version wrote
   * them, are null; one of them has to have all.
   */
  static String files(Collection<Path> files) {
    return "read_parquet(%s, union_by_name = true, hive_partitioning = false)"
        .formatted(list(files));
  }

  /** The same with the name of its file in each fact. */
  static String namedFiles(Collection<Path> files) {
    return "read_parquet(%s, union_by_name = true, hive_partitioning = false, filename = true)"
        .formatted(list(files));
  }

  private static String list(Collection<Path> files) {
    return files.stream()
        .map(file -> text(file.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Facts of a source, those of equal times and keys as one. */
  String merged(String source) {
    List<String> merged = new ArrayList<>(List.of(TIME));
    String latest = "";
    for (Column column : layout.columns()) {
      String name = column(column.name());
      if (column.kind() == Kind.LATEST) {
        latest = name;
      }
      merged.add(
          switch (column.kind()) {
            case TEXT, NUMBER, LABELS -> name;
            case EARLIEST -> "min(%s) AS %s".formatted(name, name);
            case LATEST -> "max(%s) AS %s".formatted(name, name);
            case WORD -> "arg_max(%s, %s) AS %s".formatted(name, of("source", latest), name);
            case SUM -> "sum(%s)::BIGINT AS %s".formatted(name, name);
          });
    }
    return "SELECT %s FROM %s AS source GROUP BY ALL".formatted(String.join(", ", merged), source);
  }

  /** The column of a source, not what a selection of that name makes of it. */
  private static String of(String source, String column) {
    return source + "." + column;
  }

  /** All columns of a source in their order. */
  String all(String source) {
    return layout.columns().stream()
        .map(column -> column(column.name()))
        .collect(Collectors.joining(", ", "SELECT " + TIME + ", ", " FROM " + source));
  }

  /** Times of a source in some time. */
  static String within(long fromMillis, long toMillis) {
    return "%s >= %s AND %s < %s".formatted(TIME, time(fromMillis), TIME, time(toMillis));
  }

  /** The order of facts in files: what is asked for together lies together. */
  String order() {
    List<String> keys = new ArrayList<>();
    layout.names(Kind.TEXT).forEach(name -> keys.add(column(name)));
    keys.add(TIME);
    layout.names(Kind.NUMBER).forEach(name -> keys.add(column(name)));
    return String.join(", ", keys);
  }

  /** Writes what a selection has to a file. */
  static String copy(String selection, Path file) {
    return "COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd)"
        .formatted(selection, text(file.toString()));
  }

  /** Writes it as comma-separated values: times by ISO 8601, labels as JSON. */
  String copyAsText(String selection, Path file) {
    String columns =
        layout.names(Kind.LABELS).stream()
            .map(name -> "to_json(%s) AS %s".formatted(column(name), column(name)))
            .collect(Collectors.joining(", "));
    return "COPY (SELECT *%s FROM (%s)) TO %s (FORMAT csv, HEADER, TIMESTAMPFORMAT %s)"
        .formatted(
            columns.isEmpty() ? "" : " REPLACE (" + columns + ")",
            selection,
            text(file.toString()),
            text("%Y-%m-%dT%H:%M:%S.%gZ"));
  }

  /** The condition that a column of numbers is some number. */
  String is(String number, long value) {
    return "%s = %d"
        .formatted(column(layout.columns().get(layout.indexOf(number, Kind.NUMBER)).name()), value);
  }

  /** Lines of an answer: the step, the values, the sums. */
  Query sums(FactQuestion question, String source) {
    return lines(
        question,
        source,
        "TRUE",
        question.sums().stream().map(sum -> "sum(%s)::BIGINT".formatted(sum(sum))).toList());
  }

  /**
   * The same with one count in the place of the sums, without the lines where it is zero. A count
   * of different numbers beside others makes the database keep all columns by line, which takes
   * several times as long as a statement for each.
   */
  Query count(FactQuestion question, FactQuestion.Count count, String source) {
    int number = layout.indexOf(count.number(), Kind.NUMBER);
    String counted = "count(DISTINCT %s)".formatted(column(layout.columns().get(number).name()));
    String counts =
        count.ifAny().isEmpty()
            ? "TRUE"
            : count.ifAny().stream()
                .map(name -> sum(name) + " > 0")
                .collect(Collectors.joining(" OR ", "(", ")"));
    return lines(question, source, counts, List.of(counted));
  }

  private Query lines(
      FactQuestion question, String source, String condition, List<String> aggregates) {
    List<String> parameters = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    selected.add(
        question.stepMillis() == 0
            ? question.fromMillis() + " AS step"
            : "epoch_ms(%s) // %d * %d AS step"
                .formatted(TIME, question.stepMillis(), question.stepMillis()));
    question.by().forEach(dimension -> selected.add(value(dimension, parameters)));
    selected.addAll(aggregates);
    // Without a line there is none: a sum of nothing is not zero.
    return new Query(
        "SELECT %s FROM %s WHERE %s AND %s GROUP BY ALL HAVING count(*) > 0 LIMIT %d"
            .formatted(
                String.join(", ", selected),
                source,
                conditions(
                    question.fromMillis(), question.toMillis(), question.where(), parameters),
                condition,
                FactTable.MOST_LINES + 1),
        parameters);
  }

  /** Parts of a spread: the values, the bin (null: zero), the weight. */
  Query spread(FactQuestion question, String over, String under, String source) {
    List<String> parameters = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    question.by().forEach(dimension -> selected.add(value(dimension, parameters)));
    selected.add(
        "CASE WHEN %1$s > 0 THEN ceil(ln(%1$s / %2$s) / %3$s)::INTEGER END AS bin"
            .formatted(sum(over), sum(under), Double.toString(Math.log(FactSpread.GAMMA))));
    selected.add("sum(%s)::DOUBLE".formatted(sum(under)));
    return new Query(
        "SELECT %s FROM %s WHERE %s AND %s > 0 GROUP BY ALL LIMIT %d"
            .formatted(
                String.join(", ", selected),
                source,
                conditions(
                    question.fromMillis(), question.toMillis(), question.where(), parameters),
                sum(under),
                FactTable.MOST_LINES + 1),
        parameters);
  }

  /** Facts of a source that fit. */
  Query select(long fromMillis, long toMillis, Map<String, String> where, String source) {
    List<String> parameters = new ArrayList<>();
    return new Query(
        all(source) + " WHERE " + conditions(fromMillis, toMillis, where, parameters), parameters);
  }

  private String conditions(
      long fromMillis, long toMillis, Map<String, String> where, List<String> parameters) {
    List<String> all = new ArrayList<>(List.of(within(fromMillis, toMillis)));
    where.forEach(
        (dimension, wanted) -> {
          Optional<String> column = textColumn(dimension);
          if (column.isPresent()) {
            // Plain comparisons, so that files and parts of them can be left out.
            all.add(
                wanted.isEmpty()
                    ? "(%s IS NULL OR %s = '')".formatted(column.get(), column.get())
                    : column.get() + " = ?");
          } else {
            all.add(value(dimension, parameters) + " = ?");
          }
          if (column.isEmpty() || !wanted.isEmpty()) {
            parameters.add(wanted);
          }
        });
    return String.join(" AND ", all);
  }

  /** The value of a dimension; its parameters are added. */
  private String value(String dimension, List<String> parameters) {
    Optional<String> column = textColumn(dimension);
    if (column.isPresent()) {
      return "coalesce(%s, '')".formatted(column.get());
    }
    List<String> labels = layout.names(Kind.LABELS);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(layout.name() + " has no " + dimension);
    }
    parameters.add(dimension);
    return "coalesce(%s[?], '')".formatted(column(labels.getFirst()));
  }

  private Optional<String> textColumn(String dimension) {
    return layout.names(Kind.TEXT).contains(dimension)
        ? Optional.of(column(dimension))
        : Optional.empty();
  }

  private String sum(String name) {
    return column(layout.columns().get(layout.indexOf(name, Kind.SUM)).name());
  }
}
