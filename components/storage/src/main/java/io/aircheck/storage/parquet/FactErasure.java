package io.aircheck.storage.parquet;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes files anew without some of their facts. Not thread-safe. */
final class FactErasure {
  /** Files that are looked through at once. */
  static final int CHUNK = 64;

  private final DuckDb database;
  private final String condition;
  private final Supplier<Path> next;

  /**
   * @param condition of facts that go; never null
   * @param next makes names of files that are not there yet
   */
  FactErasure(DuckDb database, String condition, Supplier<Path> next) {
    this.database = database;
    this.condition = condition;
    this.next = next;
  }

  /**
   * Looks through files, and changes none.
   *
   * @return those that have such facts, each with a file of what is left; empty: nothing is
   */
  Map<Path, Optional<Path>> rewritten(Collection<Path> files) {
    if (files.isEmpty()) {
      return Map.of();
    }
    return database.run(
        open -> {
          try (Statement statement = open.createStatement()) {
            Map<Path, Optional<Path>> rewritten = new LinkedHashMap<>();
            for (Path file : concerned(statement, files)) {
              rewritten.put(file, left(statement, file));
            }
            return rewritten;
          }
        });
  }

  private List<Path> concerned(Statement statement, Collection<Path> files) throws SQLException {
    List<Path> concerned = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT DISTINCT filename FROM %s WHERE %s"
                .formatted(FactSql.namedFiles(files), condition))) {
      while (row.next()) {
        concerned.add(Path.of(row.getString(1)));
      }
    }
    return concerned;
  }

  private Optional<Path> left(Statement statement, Path file) throws SQLException {
    String left =
        " FROM read_parquet(%s) WHERE NOT (%s)".formatted(FactSql.text(file.toString()), condition);
    try (ResultSet row = statement.executeQuery("SELECT count(*)" + left)) {
      row.next();
      if (row.getLong(1) == 0) {
        return Optional.empty();
      }
    }
    Path rewritten = next.get();
    statement.execute(FactSql.copy("SELECT *" + left, rewritten));
    return Optional.of(rewritten);
  }
}
