package io.aircheck.storage.sql;

import io.aircheck.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a database, used by one thread at a time, and made anew when it is lost.
 * Thread-safe: callers wait for each other, which costs less than it seems, since a statement here
 * takes well under a millisecond.
 */
final class Database implements AutoCloseable {

  /** Work within a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Makes an item of a row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Connects. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  private final Connector connector;
  private final Dialect dialect;
  private final ReentrantLock lock = new ReentrantLock(true);

  /** Null: it was lost, and is made anew when it is needed. */
  private @Nullable Connection connection;

  private boolean closed;

  /**
   * @throws StoreException when the database cannot be connected to
   */
  Database(Connector connector, Dialect dialect) {
    this.connector = connector;
    this.dialect = dialect;
    try {
      this.connection = connector.connect();
    } catch (SQLException e) {
      throw new StoreException("cannot be opened: " + dialect.explain(e), dialect.mayHeal(e), e);
    }
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Runs work as a whole: when it returns, it is durable; when it throws, nothing has happened, or,
   * if the connection was lost at the very end, all of it: work has to bear being run again.
   */
  <T> T transaction(Work<T> work) {
    lock.lock();
    try {
      try {
        return attempt(work);
      } catch (SQLException e) {
        if (!dialect.isLost(e)) {
          throw failure(e);
        }
      }
      // The database was started anew, or the network had forgotten the connection.
      try {
        return attempt(work);
      } catch (SQLException e) {
        throw failure(e);
      }
    } finally {
      lock.unlock();
    }
  }

  private <T> T attempt(Work<T> work) throws SQLException {
    Connection open = open();
    try {
      open.setAutoCommit(false);
      T result = work.run(open);
      open.commit();
      return result;
    } catch (SQLException e) {
      rollBack(open, e);
      if (dialect.isLost(e)) {
        drop(open);
      }
      throw e;
    } catch (RuntimeException | Error e) {
      rollBack(open, e);
      throw e;
    }
  }

  private Connection open() throws SQLException {
    Connection known = connection;
    if (known == null) {
      if (closed) {
        throw new SQLException("the store is closed");
      }
      known = connector.connect();
      connection = known;
    }
    return known;
  }

  private void drop(Connection lost) {
    connection = null;
    try {
      lost.close();
    } catch (SQLException e) {
      // It is gone anyway.
      return;
    }
  }

  private static void rollBack(Connection open, Throwable because) {
    try {
      open.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private StoreException failure(SQLException e) {
    return new StoreException(
        "the store cannot do its work: " + dialect.explain(e), dialect.mayHeal(e), e);
  }

  /** All rows of a query, in its order. */
  <T> List<T> query(String sql, Row<T> row, Object... arguments) {
    return transaction(open -> rows(open, sql, row, arguments));
  }

  /** All rows of a query within a transaction. */
  static <T> List<T> rows(Connection open, String sql, Row<T> row, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = prepare(open, sql, arguments);
        ResultSet rows = statement.executeQuery()) {
      List<T> items = new ArrayList<>();
      while (rows.next()) {
        items.add(row.read(rows));
      }
      return items;
    }
  }

  /** The first row of a query. */
  <T> Optional<T> first(String sql, Row<T> row, Object... arguments) {
    return query(sql, row, arguments).stream().findFirst();
  }

  /**
   * Runs a statement.
   *
   * @return rows changed
   */
  int update(String sql, Object... arguments) {
    return transaction(open -> update(open, sql, arguments));
  }

  /** Runs a statement within a transaction. */
  static int update(Connection open, String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(open, sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection open, String sql, Object... arguments)
      throws SQLException {
    PreparedStatement statement = open.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      connection = null;
      lock.unlock();
    }
  }
}
