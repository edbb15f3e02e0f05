package io.aircheck.storage.parquet;

import io.aircheck.core.fact.FactExport.Format;
import java.nio.file.Path;
import java.sql.PreparedStatement;

/** Writes facts of a layout to files for others. Thread-safe. */
final class ParquetExport {
  /** An export may take so many times as long as a question. */
  private static final int PATIENCE = 6;

  private final FactSql sql;
  private final FactEngine engine;

  ParquetExport(FactSql sql, FactEngine engine) {
    this.sql = sql;
    this.engine = engine;
  }

  /** Writes what is selected; by a database of its own, so that questions do not wait. */
  void write(FactSql.Query selection, Format format, Path file) {
    String copy =
        switch (format) {
          case PARQUET -> FactSql.copy(selection.sql(), file);
          case CSV -> sql.copyAsText(selection.sql(), file);
        };
    try (DuckDb database = engine.exporter()) {
      boolean unused =
          database.run(
              open -> {
                try (PreparedStatement statement = open.prepareStatement(copy)) {
                  statement.setQueryTimeout(PATIENCE * (int) engine.limits().timeout().toSeconds());
                  for (int i = 0; i < selection.parameters().size(); i++) {
                    statement.setString(i + 1, selection.parameters().get(i));
                  }
                  return statement.execute();
                }
              });
    }
  }
}
