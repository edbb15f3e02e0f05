package io.aircheck.storage.sql;

import io.aircheck.core.media.SafeUri;
import io.aircheck.core.notify.IncidentSink;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts incidents into the tables of the store of a service, where they are as if the service had
 * made them; makes the tables when they are not there. What is given again, or is older than what
 * is known, changes nothing. A service may use the database meanwhile: it shows these incidents,
 * and keeps them as long as its own, but does not work on them while they are open, since what
 * makes them is elsewhere.
 */
public final class PostgresIncidentSink implements IncidentSink {
  /** Number of the lock that batches take turns by: the letters "airsink". */
  private static final long LOCK = 0x616972_73696e6bL;

  private final String address;
  private final PostgresConnector connector;
  private @Nullable Database database;

  /**
   * Does not connect.
   *
   * @param address such as {@code postgresql://db.example.com:5432/aircheck}; parameters of its
   *     JDBC driver may follow
   * @param password may be empty, where the server trusts
   */
  public PostgresIncidentSink(String address, String user, String password) {
    this.address = address;
    this.connector =
        new PostgresConnector("jdbc:" + address, user, password, PostgresConnector.Use.BESIDE);
  }

  @Override
  public Optional<String> open() throws IOException {
    close();
    try {
      Database opened = new Database(connector, Dialect.POSTGRESQL);
      database = opened;
      Schema.bringUp(opened);
      return Optional.empty();
    } catch (StoreException e) {
      throw failure(e);
    }
  }

  @Override
  public void take(Batch batch) throws IOException {
    Database open = database;
    if (open == null) {
      throw new IOException("not open");
    }
    try {
      open.transaction(
          connection -> {
            // Who was given up may still be at it: two must not look for the same change at once.
            Database.rows(connection, "SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
            for (Notification one : batch.notifications()) {
              SqlIncidents.store(connection, one.change());
            }
            return batch.notifications().size();
          });
    } catch (StoreException e) {
      throw failure(e);
    }
  }

  private IOException failure(StoreException e) {
    return new IOException(SafeUri.redact(address) + ": " + e.getMessage(), e);
  }

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
