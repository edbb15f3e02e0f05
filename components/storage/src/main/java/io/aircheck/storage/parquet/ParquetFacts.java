package io.aircheck.storage.parquet;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactExport;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactSpread;
import io.aircheck.core.fact.FactTable;
import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A table of facts in Parquet files by hours: each committed batch has a file for each hour that it
 * has facts of. What is staged is in files of its own, which no later process uses.
 *
 * <p>A batch is committed in this order: its files get their names, each at once; then it is
 * marked. A process that ends in between leaves files that the next one removes, so what is staged
 * anew for the batch is there once. Writing and answering have databases of their own, so that
 * neither waits for the other but while files change.
 */
public final class ParquetFacts implements FactTable, FactExport {
  static final long HOUR_MILLIS = 3_600_000;

  private final FactLayout layout;
  private final FactSql sql;
  private final FactFiles files;
  private final CommitMark mark;
  private final FactCatalog catalog;
  private final FactEngine engine;
  private final StagedParts parts;
  private final FactReader reader;
  private final ParquetExport export;

  /** A file without facts that has all columns. */
  private final Path columns;

  /** Held by who writes. */
  private final Object writing = new Object();

  /** Held by those who read files, and by who changes which there are. */
  private final ReadWriteLock swap = new ReentrantReadWriteLock();

  private volatile long committed;

  /**
   * Opens a table.
   *
   * @param files where its files are kept
   * @param work a folder for what only this process needs, on the same disk as the files
   * @throws IOException when one of them cannot be used
   */
  public ParquetFacts(FactLayout layout, FactFiles files, Path work, FactEngine engine)
      throws IOException {
    Files.createDirectories(work);
    this.layout = layout;
    this.sql = new FactSql(layout);
    this.files = files;
    this.engine = engine;
    this.mark = new CommitMark(work);
    this.committed = mark.batchMillis();
    this.catalog = new FactCatalog(layout.name(), files, mark);
    this.parts = new StagedParts(layout, engine.writer(), work.resolve("staged"));
    this.columns = parts.empty();
    this.reader = new FactReader(sql, engine);
    this.export = new ParquetExport(sql, engine);
  }

  /** The start of the hour that a time is in. */
  static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS) * HOUR_MILLIS;
  }

  @Override
  public FactLayout layout() {
    return layout;
  }

  @Override
  public long committed() {
    return committed;
  }

  @Override
  public void stage(long batchMillis, List<Fact> facts) {
    synchronized (writing) {
      if (batchMillis <= committed) {
        throw new IllegalArgumentException("the batch is committed");
      }
      if (!facts.isEmpty()) {
        parts.add(batchMillis, facts);
      }
    }
  }

  @Override
  public void commit(long batchMillis) {
    synchronized (writing) {
      if (batchMillis <= committed) {
        return;
      }
      Map<Long, List<StagedParts.Part>> due = parts.upTo(batchMillis);
      Map<FactFileName, Path> written = new LinkedHashMap<>();
      try {
        due.forEach((batch, of) -> write(batch, of, written));
        changing(() -> commit(batchMillis, written));
        for (List<StagedParts.Part> of : due.values()) {
          StagedParts.delete(of.stream().map(StagedParts.Part::file).toList());
        }
      } catch (IOException e) {
        throw problem(e);
      } finally {
        StagedParts.deleteQuietly(written.values());
      }
    }
  }

  private void commit(long batchMillis, Map<FactFileName, Path> written) throws IOException {
    List<FactFiles.Entry> put = new ArrayList<>();
    for (Map.Entry<FactFileName, Path> file : written.entrySet()) {
      put.add(files.put(file.getKey().toString(), file.getValue()));
    }
    mark.move(batchMillis);
    put.forEach(catalog::add);
    parts.forget(batchMillis);
    committed = batchMillis;
  }

  /** Writes a batch to files that have no names yet, one for each hour. */
  private void write(long batchMillis, List<StagedParts.Part> of, Map<FactFileName, Path> written) {
    List<Path> read = of.stream().map(StagedParts.Part::file).toList();
    TreeSet<Long> hours = new TreeSet<>();
    of.forEach(part -> hours.addAll(part.hours()));
    for (long hour : hours) {
      Path file = parts.next();
      String facts =
          "(SELECT * FROM %s WHERE %s)"
              .formatted(FactSql.files(read), FactSql.within(hour, hour + HOUR_MILLIS));
      written.put(new FactFileName(layout.name(), hour, mark.writer(), batchMillis), file);
      engine.writer().execute(FactSql.copy(sql.merged(facts) + " ORDER BY " + sql.order(), file));
    }
  }

  @Override
  public List<FactLine> ask(FactQuestion question) {
    return engine.asking(
        () ->
            reading(
                question.fromMillis(),
                question.toMillis(),
                false, // sums of parts are those of the whole
                source -> reader.ask(question, source)));
  }

  @Override
  public List<FactSpread> spread(FactQuestion question, String over, String under) {
    return engine.asking(
        () ->
            reading(
                question.fromMillis(),
                question.toMillis(),
                true,
                source -> reader.spread(question, over, under, source)));
  }

  @Override
  public void export(
      long fromMillis, long toMillis, Map<String, String> where, Format format, Path file) {
    boolean unused =
        engine.exporting(
            () ->
                reading(
                    fromMillis,
                    toMillis,
                    true,
                    source -> {
                      export.write(sql.select(fromMillis, toMillis, where, source), format, file);
                      return true;
                    }));
  }

  /**
   * Reads facts while nobody changes files.
   *
   * @param whole whether facts that were staged in parts are to be one
   */
  private <T> T reading(long fromMillis, long toMillis, boolean whole, Function<String, T> read) {
    swap.readLock().lock();
    try {
      List<Path> kept = new ArrayList<>(List.of(columns));
      kept.addAll(files.local(catalog.between(fromMillis, toMillis)).values());
      List<String> sources = new ArrayList<>(List.of(sql.all(FactSql.files(kept))));
      for (List<Path> batch : parts.files()) {
        String staged = FactSql.files(batch);
        sources.add(sql.all(whole ? "(" + sql.merged(staged) + ")" : staged));
      }
      return read.apply("(" + String.join(" UNION ALL ", sources) + ")");
    } catch (IOException e) {
      throw problem(e);
    } finally {
      swap.readLock().unlock();
    }
  }

  @Override
  public boolean erase(String number, long value) {
    FactErasure erasure = new FactErasure(engine.writer(), sql.is(number, value), parts::next);
    boolean found = false;
    synchronized (writing) {
      for (List<Path> batch : parts.files()) {
        Map<Path, Optional<Path>> rewritten = erasure.rewritten(batch);
        changing(() -> parts.replace(rewritten));
        found |= !rewritten.isEmpty();
      }
      List<String> names = catalog.all();
      for (int from = 0; from < names.size(); from += FactErasure.CHUNK) {
        int to = Math.min(names.size(), from + FactErasure.CHUNK);
        found |= erase(erasure, names.subList(from, to));
      }
    }
    try {
      files.tend(); // it is not over while others have it
    } catch (IOException e) {
      throw problem(e);
    }
    return found;
  }

  /** Erases from committed files; whether there was anything. */
  private boolean erase(FactErasure erasure, List<String> names) {
    try {
      Map<String, Path> places = files.local(names);
      Map<Path, Optional<Path>> rewritten = erasure.rewritten(places.values());
      for (Map.Entry<String, Path> place : places.entrySet()) {
        Optional<Path> left = rewritten.get(place.getValue());
        if (left != null) {
          changing(() -> replace(place.getKey(), left));
        }
      }
      return !rewritten.isEmpty();
    } catch (IOException e) {
      throw problem(e);
    }
  }

  private void replace(String name, Optional<Path> left) throws IOException {
    if (left.isPresent()) {
      catalog.add(files.put(name, left.get()));
    } else {
      files.remove(name);
      catalog.remove(name);
    }
  }

  @Override
  public void removeBefore(long millis) {
    synchronized (writing) {
      changing(
          () -> {
            for (String name : catalog.before(millis)) {
              files.remove(name);
              catalog.remove(name);
            }
          });
    }
  }

  @Override
  public long bytes() {
    return catalog.bytes();
  }

  /** Changes which files there are, while nobody reads them. */
  private void changing(Change change) {
    swap.writeLock().lock();
    try {
      change.make();
    } catch (IOException e) {
      throw problem(e);
    } finally {
      swap.writeLock().unlock();
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  private static StoreException problem(IOException e) {
    return new StoreException("the archive cannot be used: " + e, true, e);
  }

  @Override
  public void close() {
    parts.close();
  }
}
