package io.aircheck.storage.sql;

import io.aircheck.core.store.DocumentStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Documents in a table. */
final class SqlDocuments implements DocumentStore {
  private static final String COLUMNS = "SELECT id, body, revision FROM document ";

  private final Database database;

  SqlDocuments(Database database) {
    this.database = database;
  }

  @Override
  public List<Document> list(String collection) {
    return database.query(
        COLUMNS + "WHERE collection = ? ORDER BY id",
        row -> new Document(row.getString(1), row.getString(2), row.getLong(3)),
        collection);
  }

  @Override
  public Optional<Document> find(String collection, String id) {
    return database.first(
        COLUMNS + "WHERE collection = ? AND id = ?",
        row -> new Document(row.getString(1), row.getString(2), row.getLong(3)),
        collection,
        id);
  }

  @Override
  public Optional<Document> put(
      String collection, String id, String body, OptionalLong expectedRevision) {
    int changed;
    if (expectedRevision.isEmpty()) {
      changed =
          database.update(
              "INSERT INTO document (collection, id, body, revision) VALUES (?, ?, ?, 1)"
                  + " ON CONFLICT (collection, id)"
                  + " DO UPDATE SET body = excluded.body, revision = document.revision + 1",
              collection,
              id,
              body);
    } else if (expectedRevision.getAsLong() == 0) {
      changed =
          database.update(
              "INSERT INTO document (collection, id, body, revision) VALUES (?, ?, ?, 1)"
                  + " ON CONFLICT (collection, id) DO NOTHING",
              collection,
              id,
              body);
    } else {
      changed =
          database.update(
              "UPDATE document SET body = ?, revision = revision + 1"
                  + " WHERE collection = ? AND id = ? AND revision = ?",
              body,
              collection,
              id,
              expectedRevision.getAsLong());
    }
    return changed == 0 ? Optional.empty() : find(collection, id);
  }

  @Override
  public boolean remove(String collection, String id, OptionalLong expectedRevision) {
    String sql = "DELETE FROM document WHERE collection = ? AND id = ?";
    int removed =
        expectedRevision.isEmpty()
            ? database.update(sql, collection, id)
            : database.update(
                sql + " AND revision = ?", collection, id, expectedRevision.getAsLong());
    return removed > 0;
  }
}
