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

/**
 * One connection to a database, used by one thread at a time. Thread-safe: callers wait for each
 * other, which costs less than it seems, since a statement here takes well under a millisecond.
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

  private final Connection connection;
  private final Dialect dialect;
  private final ReentrantLock lock = new ReentrantLock(true);

  Database(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Runs work as a whole: when it returns, it is durable; when it throws, nothing has happened. */
  <T> T transaction(Work<T> work) {
    lock.lock();
    try {
      connection.setAutoCommit(false);
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      rollBack(e);
      throw failure(e);
    } catch (RuntimeException | Error e) {
      rollBack(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void rollBack(Throwable because) {
    try {
      connection.rollback();
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
    return transaction(
        open -> {
          try (PreparedStatement statement = prepare(open, sql, arguments);
              ResultSet rows = statement.executeQuery()) {
            List<T> items = new ArrayList<>();
            while (rows.next()) {
              items.add(row.read(rows));
            }
            return items;
          }
        });
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
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      lock.unlock();
    }
  }
}
