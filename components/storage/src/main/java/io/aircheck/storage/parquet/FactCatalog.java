package io.aircheck.storage.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which committed files there are of a table, by their hours. Thread-safe. */
final class FactCatalog {
  private final TreeMap<Long, Map<String, Long>> hours = new TreeMap<>();

  /**
   * Looks what there is. What a process of this data directory has left of a batch that it did not
   * commit is removed.
   */
  FactCatalog(String table, FactFiles files, CommitMark mark) throws IOException {
    for (FactFiles.Entry entry : files.list(table + "/")) {
      Optional<FactFileName> name = FactFileName.parse(entry.name());
      if (name.isPresent()
          && name.get().writer().equals(mark.writer())
          && name.get().batchMillis() > mark.batchMillis()) {
        files.remove(entry.name());
      } else {
        add(entry);
      }
    }
  }

  /** A file is there, or has other content. What has another name is somebody else's. */
  synchronized void add(FactFiles.Entry entry) {
    FactFileName.parse(entry.name())
        .ifPresent(
            name ->
                hours
                    .computeIfAbsent(name.hourMillis(), hour -> new TreeMap<>())
                    .put(entry.name(), entry.bytes()));
  }

  /** A file is there no more; empty: it was not. */
  synchronized Optional<FactFiles.Entry> remove(String name) {
    for (Map<String, Long> files : hours.values()) {
      Long bytes = files.remove(name);
      if (bytes != null) {
        hours.values().removeIf(Map::isEmpty);
        return Optional.of(new FactFiles.Entry(name, bytes));
      }
    }
    return Optional.empty();
  }

  /** Files of hours that have anything in some time. */
  synchronized List<String> between(long fromMillis, long toMillis) {
    return fromMillis >= toMillis
        ? List.of()
        : names(hours.subMap(ParquetFacts.hourOf(fromMillis), true, toMillis, false).values());
  }

  /** Files of hours that begin before a time. */
  synchronized List<String> before(long millis) {
    return names(hours.headMap(millis, false).values());
  }

  synchronized List<String> all() {
    return names(hours.values());
  }

  private static List<String> names(Collection<Map<String, Long>> files) {
    List<String> names = new ArrayList<>();
    files.forEach(of -> names.addAll(of.keySet()));
    return names;
  }

  synchronized long bytes() {
    return hours.values().stream()
        .flatMap(files -> files.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
