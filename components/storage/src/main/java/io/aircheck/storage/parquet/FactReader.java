package io.aircheck.storage.parquet;

import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactSpread;
import io.aircheck.core.fact.FactTable;
import io.aircheck.core.store.StoreException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Answers questions, one at a time and within limits. Thread-safe. */
final class FactReader implements AutoCloseable {
  private final FactSql sql;
  private final FactLimits limits;
  private final DuckDb database;
  private final Semaphore turn = new Semaphore(1, true);

  FactReader(FactSql sql, FactLimits limits, Path spill) {
    this.sql = sql;
    this.limits = limits;
    this.database =
        new DuckDb("aircheck-archive-reader", spill, limits.memoryBytes(), limits.threads());
  }

  /**
   * Does something when nobody else does.
   *
   * @throws StoreException when others take too long
   */
  static <T> T inTurn(Semaphore turn, FactLimits limits, Supplier<T> task) {
    try {
      if (!turn.tryAcquire(limits.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException("others are asking; try it again in a moment", true, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted", true, e);
    }
    try {
      return task.get();
    } finally {
      turn.release();
    }
  }

  <T> T inTurn(Supplier<T> task) {
    return inTurn(turn, limits, task);
  }

  List<FactLine> ask(FactQuestion question, String source) {
    int values = question.by().size();
    int sums = question.sums().size();
    return answer(
        sql.ask(question, source),
        row ->
            new FactLine(
                row.getLong(1),
                texts(row, 2, values),
                numbers(row, 2 + values, sums),
                numbers(row, 2 + values + sums, question.counts().size())));
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
        database.run(
            open -> {
              try (PreparedStatement statement = open.prepareStatement(query.sql())) {
                statement.setQueryTimeout((int) limits.timeout().toSeconds());
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

  @Override
  public void close() {
    database.close();
  }
}
