package io.aircheck.storage.parquet;

import io.aircheck.core.fact.FactExport.Format;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Writes facts to files for others, one at a time and within limits. Thread-safe. */
final class ParquetExport {
  /** An export may take so many times as long as a question. */
  private static final int PATIENCE = 6;

  private final FactSql sql;
  private final FactLimits limits;
  private final Path spill;
  private final Semaphore turn = new Semaphore(1, true);

  ParquetExport(FactSql sql, FactLimits limits, Path spill) {
    this.sql = sql;
    this.limits = limits;
    this.spill = spill;
  }

  <T> T inTurn(Supplier<T> task) {
    return FactReader.inTurn(turn, limits, task);
  }

  /** Writes what is selected; by a database of its own, so that questions do not wait. */
  void write(FactSql.Query selection, Format format, Path file) {
    String copy =
        switch (format) {
          case PARQUET -> FactSql.copy(selection.sql(), file);
          case CSV -> sql.copyAsText(selection.sql(), file);
        };
    try (DuckDb database = new DuckDb("aircheck-archive-export", spill, limits.memoryBytes(), 1)) {
      boolean unused =
          database.run(
              open -> {
                try (PreparedStatement statement = open.prepareStatement(copy)) {
                  statement.setQueryTimeout(PATIENCE * (int) limits.timeout().toSeconds());
                  for (int i = 0; i < selection.parameters().size(); i++) {
                    statement.setString(i + 1, selection.parameters().get(i));
                  }
                  return statement.execute();
                }
              });
    }
  }
}
