package io.aircheck.storage.sql;

import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.copies.StatusBoard;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.store.StoreException;

/**
 * What the copies of a service have in common besides its store, in the same PostgreSQL database.
 * Each part has a connection of its own: leases must not wait for what is sent.
 */
public final class PostgresCopies {
  private final String address;
  private final String user;
  private final String password;

  /**
   * @param address such as {@code postgresql://db.example.com:5432/aircheck}
   * @param password may be empty, where the server trusts
   */
  public PostgresCopies(String address, String user, String password) {
    this.address = address;
    this.user = user;
    this.password = password;
  }

  /**
   * Who there is, and who watches what.
   *
   * @throws StoreException when the database cannot be used
   */
  public CopyDirectory directory() {
    return new PostgresCopyDirectory(connect());
  }

  /**
   * What they tell each other of incidents.
   *
   * @throws StoreException when the database cannot be used
   */
  public IncidentExchange exchange() {
    return new PostgresIncidentExchange(connect());
  }

  /**
   * How what they watch is doing.
   *
   * @throws StoreException when the database cannot be used
   */
  public StatusBoard board() {
    return new PostgresStatusBoard(connect());
  }

  private Database connect() {
    try {
      return CopyTables.open(address, user, password);
    } catch (StoreException e) {
      throw new StoreException(SafeUri.redact(address) + ": " + e.getMessage(), e.mayHeal(), e);
    }
  }
}
