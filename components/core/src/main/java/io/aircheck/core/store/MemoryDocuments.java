package io.aircheck.core.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Documents in memory. */
final class MemoryDocuments implements DocumentStore {
  private final Map<String, TreeMap<String, Document>> collections = new HashMap<>();

  @Override
  public synchronized List<Document> list(String collection) {
    return List.copyOf(in(collection).values());
  }

  @Override
  public synchronized Optional<Document> find(String collection, String id) {
    return Optional.ofNullable(in(collection).get(id));
  }

  @Override
  public synchronized Optional<Document> put(
      String collection, String id, String body, OptionalLong expectedRevision) {
    Document before = in(collection).get(id);
    long revision = before == null ? 0 : before.revision();
    if (expectedRevision.isPresent() && expectedRevision.getAsLong() != revision) {
      return Optional.empty();
    }
    Document document = new Document(id, body, revision + 1);
    in(collection).put(id, document);
    return Optional.of(document);
  }

  @Override
  public synchronized boolean remove(String collection, String id, OptionalLong expectedRevision) {
    Document before = in(collection).get(id);
    if (before == null || before.revision() != expectedRevision.orElse(before.revision())) {
      return false;
    }
    in(collection).remove(id);
    return true;
  }

  private TreeMap<String, Document> in(String collection) {
    return collections.computeIfAbsent(collection, name -> new TreeMap<>());
  }
}
