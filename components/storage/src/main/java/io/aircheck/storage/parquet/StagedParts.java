package io.aircheck.storage.parquet;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLayout.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Facts of batches that are not committed, in files that no later process uses. Thread-safe; one
 * thread adds and erases.
 */
final class StagedParts {
  /** A table without facts that has all columns. */
  static final String FACTS = "staged";

  private static final long MICROS_PER_MILLI = 1000;

  /**
   * A file of facts.
   *
   * @param hours that they are of
   */
  record Part(Path file, TreeSet<Long> hours) {}

  private final FactLayout layout;
  private final FactSql sql;
  private final DuckDb writer;
  private final Path folder;

  /** A table of the writer that is empty between uses. */
  private final String facts;

  private final TreeMap<Long, List<Part>> batches = new TreeMap<>();
  private long made;

  /**
   * @param folder of its own, that is emptied
   */
  StagedParts(FactLayout layout, DuckDb writer, Path folder) throws IOException {
    this.layout = layout;
    this.sql = new FactSql(layout);
    this.writer = writer;
    this.folder = folder;
    this.facts = "staged_" + layout.name();
    Files.createDirectories(folder);
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    writer.execute(sql.create(facts));
  }

  /** A file that is not there yet, beside those of the parts. */
  synchronized Path next() {
    return folder.resolve(++made + ".part");
  }

  /** A file without facts that has all columns. */
  Path empty() {
    Path file = next();
    writer.execute(FactSql.copy(sql.all(facts), file));
    return file;
  }

  void add(long batchMillis, List<Fact> added) {
    Path file = next();
    TreeSet<Long> hours = new TreeSet<>();
    boolean unused =
        writer.run(
            open -> {
              try (Statement statement = open.createStatement()) {
                append(open, added, hours);
                return statement.execute(FactSql.copy(sql.all(facts), file));
              } finally {
                try (Statement statement = open.createStatement()) {
                  statement.execute("DELETE FROM " + facts);
                }
              }
            });
    synchronized (this) {
      batches.computeIfAbsent(batchMillis, batch -> new ArrayList<>()).add(new Part(file, hours));
    }
  }

  private void append(DuckDBConnection open, List<Fact> added, TreeSet<Long> hours)
      throws SQLException {
    List<Kind> kinds = layout.columns().stream().map(FactLayout.Column::kind).toList();
    try (DuckDBAppender appender = open.createAppender("temp", "main", facts)) {
      for (Fact fact : added) {
        hours.add(ParquetFacts.hourOf(fact.timeMillis()));
        appender.beginRow();
        appender.appendEpochMicros(fact.timeMillis() * MICROS_PER_MILLI);
        for (int i = 0; i < kinds.size(); i++) {
          append(appender, kinds.get(i), fact.cells().get(i));
        }
        appender.endRow();
      }
    }
  }

  private static void append(DuckDBAppender appender, Kind kind, @Nullable Object cell)
      throws SQLException {
    if (cell == null) {
      appender.appendNull();
      return;
    }
    switch (kind) {
      case TEXT, WORD -> appender.append((String) cell);
      case NUMBER, SUM -> appender.append(((Long) cell).longValue());
      case LABELS -> appender.append((Map<?, ?>) cell);
      case EARLIEST, LATEST -> appender.appendEpochMicros((Long) cell * MICROS_PER_MILLI);
    }
  }

  /** Batches up to one, each with its parts. */
  synchronized Map<Long, List<Part>> upTo(long batchMillis) {
    Map<Long, List<Part>> due = new TreeMap<>();
    batches
        .headMap(batchMillis, true)
        .forEach((batch, parts) -> due.put(batch, List.copyOf(parts)));
    return due;
  }

  /** Files of the parts of each batch. */
  synchronized List<List<Path>> files() {
    return batches.values().stream().map(parts -> parts.stream().map(Part::file).toList()).toList();
  }

  /**
   * What is left of parts is in other files; empty: nothing is.
   *
   * @throws IOException when the old files cannot be deleted
   */
  synchronized void replace(Map<Path, Optional<Path>> rewritten) throws IOException {
    for (List<Part> parts : batches.values()) {
      for (ListIterator<Part> each = parts.listIterator(); each.hasNext(); ) {
        Part part = each.next();
        Optional<Path> left = rewritten.get(part.file());
        if (left != null && left.isPresent()) {
          each.set(new Part(left.get(), part.hours()));
        } else if (left != null) {
          each.remove();
        }
      }
    }
    batches.values().removeIf(List::isEmpty);
    delete(rewritten.keySet());
  }

  /** Forgets batches up to one. The files stay until they are {@linkplain #delete deleted}. */
  synchronized void forget(long batchMillis) {
    batches.headMap(batchMillis, true).clear();
  }

  /** Deletes files that nobody reads any more. */
  static void delete(Collection<Path> files) throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes what is left of files that were in the making; the next process tries it again. */
  static void deleteQuietly(Collection<Path> files) {
    try {
      delete(files);
    } catch (IOException e) {
      // They are of no use, and in nobody's way.
    }
  }

  /** Stops; the writer is not used any more. */
  void close() {
    writer.execute("DROP TABLE " + facts);
  }
}
