package io.aircheck.storage.sql;

import io.aircheck.core.media.SafeUri;
import io.aircheck.core.store.DocumentStore;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.MetricHistory;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Properties;

/**
 * The store in a relational database: SQLite in a file of the data directory, or PostgreSQL.
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
      return new SqlStore(
          new Database(
              () -> DriverManager.getConnection("jdbc:sqlite:" + file, settings), Dialect.SQLITE));
    } catch (StoreException e) {
      throw new StoreException(file + ": " + e.getMessage(), e.mayHeal(), e);
    }
  }

  /**
   * Opens the store in a PostgreSQL database for one process, and makes its tables when they are
   * not there.
   *
   * @param address such as {@code postgresql://db.example.com:5432/aircheck}; parameters of its
   *     JDBC driver may follow
   * @param password may be empty, where the server trusts
   * @throws StoreException when the database cannot be used, or another process is using it
   */
  public static SqlStore postgres(String address, String user, String password) {
    return postgres(address, user, password, PostgresConnector.Use.ALONE);
  }

  /**
   * The same for one of several copies of a service, which agree on who does what by a {@link
   * PostgresCopies}.
   */
  public static SqlStore sharedPostgres(String address, String user, String password) {
    return postgres(address, user, password, PostgresConnector.Use.SHARED);
  }

  private static SqlStore postgres(
      String address, String user, String password, PostgresConnector.Use use) {
    try {
      return new SqlStore(
          new Database(
              new PostgresConnector("jdbc:" + address, user, password, use), Dialect.POSTGRESQL));
    } catch (StoreException e) {
      throw new StoreException(SafeUri.redact(address) + ": " + e.getMessage(), e.mayHeal(), e);
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
    database.close();
  }
}
