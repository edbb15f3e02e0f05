package io.aircheck.storage.sql;

import io.aircheck.core.media.SafeUri;
import io.aircheck.core.store.StoreException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL beside the store of the service, connected to when it is first wanted. Not
 * thread-safe.
 */
final class DistantDatabase implements AutoCloseable {
  private final String address;
  private final PostgresConnector connector;
  private @Nullable Database database;

  /**
   * Does not connect.
   *
   * @param address such as {@code postgresql://db.example.com:5432/viewers}; parameters of its JDBC
   *     driver may follow
   * @param password may be empty, where the server trusts
   */
  DistantDatabase(String address, String user, String password) {
    this.address = address;
    this.connector =
        new PostgresConnector("jdbc:" + address, user, password, PostgresConnector.Use.BESIDE);
  }

  /**
   * The database, connected to.
   *
   * @throws StoreException when that is not possible; it may be tried again
   */
  Database open() {
    Database known = database;
    if (known == null) {
      known = new Database(connector, Dialect.POSTGRESQL);
      database = known;
    }
    return known;
  }

  /** Whether it was connected to, and has not been closed since. */
  boolean isOpen() {
    return database != null;
  }

  /** What happened, with the address it happened at; no secret of it is told. */
  IOException failure(StoreException e) {
    return new IOException(SafeUri.redact(address) + ": " + e.getMessage(), e);
  }

  /** What is wrong with it, likewise. */
  IOException failure(String what) {
    return new IOException(SafeUri.redact(address) + ": " + what);
  }

  /** Ends the connection, if there is one. It may be opened again. */
  @Override
  public void close() {
    Database open = database;
    database = null;
    if (open != null) {
      try {
        open.close();
      } catch (StoreException e) {
        // It was of no use any more.
        return;
      }
    }
  }
}
