package io.aircheck.storage.sql;

import io.aircheck.core.store.DocumentStore;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.MetricHistory;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The store in a relational database: SQLite in a file of the data directory.
 *
 * <p>SQLite writes ahead and syncs at every commit (WAL, {@code synchronous=FULL}), so what was
 * acknowledged survives the death of the process and of the machine.
 */
public final class SqlStore implements ServiceStore {
  private static final String FILE = "aircheck.sqlite";

  private final Database database;
  private final SqlMetrics metrics;

  private SqlStore(Database database) {
    this.database = database;
    this.metrics = new SqlMetrics(database);
    Schema.bringUp(database);
  }

  /**
   * Opens or creates the store of a data directory.
   *
   * @throws StoreException when the directory cannot be used, or another process is using it
   */
  public static SqlStore embedded(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(
          directory + ": cannot be created; check the path and its permissions", false, e);
    }
    Properties settings = new Properties();
    settings.setProperty("journal_mode", "WAL");
    settings.setProperty("synchronous", "FULL");
    settings.setProperty("locking_mode", "EXCLUSIVE");
    settings.setProperty("transaction_mode", "IMMEDIATE");
    settings.setProperty("busy_timeout", "1000");
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, settings);
      return new SqlStore(new Database(connection, Dialect.SQLITE));
    } catch (SQLException e) {
      throw new StoreException(
          file + ": cannot be opened: " + Dialect.SQLITE.explain(e), Dialect.SQLITE.mayHeal(e), e);
    }
  }

  @Override
  public IncidentStore incidents() {
    return new SqlIncidents(database);
  }

  @Override
  public Outbox outbox() {
    return new SqlOutbox(database);
  }

  @Override
  public DocumentStore documents() {
    return new SqlDocuments(database);
  }

  @Override
  public MetricHistory metrics() {
    return metrics;
  }

  @Override
  public void close() {
    metrics.flush();
    database.close();
  }
}
