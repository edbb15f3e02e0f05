package io.aircheck.storage.sql;

import io.aircheck.core.notify.IncidentSink;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.util.Optional;

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

  private final DistantDatabase database;

  /**
   * Does not connect.
   *
   * @param address such as {@code postgresql://db.example.com:5432/aircheck}; parameters of its
   *     JDBC driver may follow
   * @param password may be empty, where the server trusts
   */
  public PostgresIncidentSink(String address, String user, String password) {
    this.database = new DistantDatabase(address, user, password);
  }

  @Override
  public Optional<String> open() throws IOException {
    close();
    try {
      Schema.bringUp(database.open());
      return Optional.empty();
    } catch (StoreException e) {
      throw database.failure(e);
    }
  }

  @Override
  public void take(Batch batch) throws IOException {
    if (!database.isOpen()) {
      throw new IOException("not open");
    }
    try {
      database
          .open()
          .transaction(
              connection -> {
                // Who was given up may still be at it: two must not look for a change at once.
                Database.rows(connection, "SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
                for (Notification one : batch.notifications()) {
                  SqlIncidents.store(connection, one.change());
                }
                return batch.notifications().size();
              });
    } catch (StoreException e) {
      throw database.failure(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
