package io.aircheck.storage.parquet;

import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactSpread;
import io.aircheck.core.fact.FactTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers questions about facts of a layout. Thread-safe. */
final class FactReader {
  private final FactSql sql;
  private final FactEngine engine;

  FactReader(FactSql sql, FactEngine engine) {
    this.sql = sql;
    this.engine = engine;
  }

  List<FactLine> ask(FactQuestion question, String source) {
    int values = question.by().size();
    int sums = question.sums().size();
    List<FactLine> lines =
        answer(
            sql.sums(question, source),
            row ->
                new FactLine(
                    row.getLong(1),
                    texts(row, 2, values),
                    numbers(row, 2 + values, sums),
                    List.of()));
    for (FactQuestion.Count count : question.counts()) {
      Map<Place, Long> counted = new HashMap<>();
      answer(
              sql.count(question, count, source),
              row ->
                  Map.entry(
                      new Place(row.getLong(1), texts(row, 2, values)), row.getLong(2 + values)))
          .forEach(line -> counted.put(line.getKey(), line.getValue()));
      lines.replaceAll(line -> withCount(line, counted.getOrDefault(Place.of(line), 0L)));
    }
    return lines;
  }

  /** Where a line belongs. */
  private record Place(long stepMillis, List<String> values) {
    static Place of(FactLine line) {
      return new Place(line.stepMillis(), line.values());
    }
  }

  private static FactLine withCount(FactLine line, long count) {
    List<Long> counts = new ArrayList<>(line.counts());
    counts.add(count);
    return new FactLine(line.stepMillis(), line.values(), line.sums(), counts);
  }

  List<FactSpread> spread(FactQuestion question, String over, String under, String source) {
    int values = question.by().size();
    return answer(
        sql.spread(question, over, under, source),
        row -> {
          int bin = row.getInt(values + 1);
          double value = row.wasNull() ? 0 : FactSpread.valueOf(bin);
          return new FactSpread(texts(row, 1, values), value, row.getDouble(values + 2));
        });
  }

  /** Reads a row. */
  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> answer(FactSql.Query query, Row<T> read) {
    List<T> lines =
        engine
            .reader()
            .run(
                open -> {
                  try (PreparedStatement statement = open.prepareStatement(query.sql())) {
                    statement.setQueryTimeout((int) engine.limits().timeout().toSeconds());
                    for (int i = 0; i < query.parameters().size(); i++) {
                      statement.setString(i + 1, query.parameters().get(i));
                    }
                    List<T> all = new ArrayList<>();
                    try (ResultSet row = statement.executeQuery()) {
                      while (row.next()) {
                        all.add(read.of(row));
                      }
                    }
                    return all;
                  }
                });
    if (lines.size() > FactTable.MOST_LINES) {
      throw FactTable.tooManyLines();
    }
    return lines;
  }

  private static List<String> texts(ResultSet row, int from, int count) throws SQLException {
    List<String> texts = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      texts.add(row.getString(i));
    }
    return texts;
  }

  private static List<Long> numbers(ResultSet row, int from, int count) throws SQLException {
    List<Long> numbers = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      numbers.add(row.getLong(i));
    }
    return numbers;
  }
}
