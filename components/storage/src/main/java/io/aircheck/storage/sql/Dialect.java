package io.aircheck.storage.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Where the databases differ. */
enum Dialect {
  SQLITE("BLOB", "INTEGER PRIMARY KEY AUTOINCREMENT", " WITHOUT ROWID") {
    @Override
    String fieldOf(String column, String field) {
      return "json_extract(%s, '$.%s')".formatted(column, field);
    }

    @Override
    String numberOf(String column, String field, String inner) {
      return "json_extract(%s, '$.%s.%s')".formatted(column, field, inner);
    }

    @Override
    List<String> lockSchema() {
      // A transaction that writes is alone.
      return List.of();
    }

    @Override
    boolean isLost(SQLException e) {
      return false;
    }

    @Override
    boolean mayHeal(SQLException e) {
      String message = message(e);
      return message.contains("full") || message.contains("busy") || message.contains("locked");
    }

    @Override
    String explain(SQLException e) {
      String message = message(e);
      if (message.contains("sqlite_full")) {
        return "the disk is full; free some space";
      }
      if (message.contains("busy") || message.contains("locked")) {
        return "its file is locked; is another aircheck using the same data directory?";
      }
      if (message.contains("readonly")) {
        return "its file cannot be written; check the permissions of the data directory";
      }
      return "%s".formatted(e.getMessage());
    }
  },
  POSTGRESQL("BYTEA", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "") {
    @Override
    String fieldOf(String column, String field) {
      return "(%s::json ->> '%s')".formatted(column, field);
    }

    @Override
    String numberOf(String column, String field, String inner) {
      return "CAST(%s::json #>> '{%s,%s}' AS BIGINT)".formatted(column, field, inner);
    }

    @Override
    List<String> lockSchema() {
      // The number of the lock: the letters "airschem".
      return List.of("SELECT pg_advisory_xact_lock(%d)".formatted(0x616972_736368656dL));
    }

    @Override
    boolean isLost(SQLException e) {
      String state = String.valueOf(e.getSQLState());
      // Connection exceptions, and operators who end sessions.
      return state.startsWith("08") || state.startsWith("57P");
    }

    @Override
    boolean mayHeal(SQLException e) {
      String state = String.valueOf(e.getSQLState());
      // Resources that ran out, operators who intervene, and a lock that may be given back.
      return isLost(e)
          || state.startsWith("53")
          || state.startsWith("57")
          || state.equals(PostgresConnector.IN_USE);
    }

    @Override
    String explain(SQLException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return PostgresConnector.IN_USE.equals(e.getSQLState())
          ? message
          : "PostgreSQL says: " + message;
    }
  };

  private final String bytes;
  private final String serial;
  private final String byKey;

  Dialect(String bytes, String serial, String byKey) {
    this.bytes = bytes;
    this.serial = serial;
    this.byKey = byKey;
  }

  /** Type of a column of bytes. */
  String bytes() {
    return bytes;
  }

  /** Type of a primary key that counts up. */
  String serial() {
    return serial;
  }

  /** What makes a table keep its rows in the order of its primary key, where that is possible. */
  String byKey() {
    return byKey;
  }

  /** Expression for a text field of the JSON object in a column. */
  abstract String fieldOf(String column, String field);

  /** Expression for a number field of an object in the JSON object in a column. */
  abstract String numberOf(String column, String field, String inner);

  /** Queries that keep others from changing tables until the transaction is over. */
  abstract List<String> lockSchema();

  /** Whether the connection is of no use any more. */
  abstract boolean isLost(SQLException e);

  /** Whether trying again later can help. */
  abstract boolean mayHeal(SQLException e);

  /** What is wrong and what to do, one line. */
  abstract String explain(SQLException e);

  private static String message(SQLException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }
}
