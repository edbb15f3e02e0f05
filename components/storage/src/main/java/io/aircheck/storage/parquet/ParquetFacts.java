package io.aircheck.storage.parquet;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactExport;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactSpread;
import io.aircheck.core.fact.FactTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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
  private final CommitMark mark;
  private final CommittedFiles kept;
  private final FactEngine engine;
  private final StagedParts parts;
  private final FactReader reader;
  private final ParquetExport export;

  /** A file without facts that has all columns. */
  private final Path columns;

  /** Held by who writes. */
  private final Object writing = new Object();

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
    this.engine = engine;
    this.mark = new CommitMark(work);
    this.committed = mark.batchMillis();
    this.kept = new CommittedFiles(files, new FactCatalog(layout.name(), files, mark));
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
        kept.changing(() -> commit(batchMillis, written));
        for (List<StagedParts.Part> of : due.values()) {
          StagedParts.delete(of.stream().map(StagedParts.Part::file).toList());
        }
      } catch (IOException e) {
        throw CommittedFiles.problem(e);
      } finally {
        StagedParts.deleteQuietly(written.values());
      }
    }
  }

  private void commit(long batchMillis, Map<FactFileName, Path> written) throws IOException {
    List<FactFiles.Entry> put = kept.put(written);
    mark.move(batchMillis);
    kept.know(put);
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
   * Reads facts.
   *
   * @param whole whether facts that were staged in parts are to be one
   */
  private <T> T reading(long fromMillis, long toMillis, boolean whole, Function<String, T> read) {
    return kept.reading(
        fromMillis,
        toMillis,
        files -> {
          List<Path> all = new ArrayList<>(List.of(columns));
          all.addAll(files);
          List<String> sources = new ArrayList<>(List.of(sql.all(FactSql.files(all))));
          for (List<Path> batch : parts.files()) {
            String staged = FactSql.files(batch);
            sources.add(sql.all(whole ? "(" + sql.merged(staged) + ")" : staged));
          }
          return read.apply("(" + String.join(" UNION ALL ", sources) + ")");
        });
  }

  @Override
  public boolean erase(String number, long value) {
    FactErasure erasure = new FactErasure(engine.writer(), sql.is(number, value), parts::next);
    boolean found = false;
    synchronized (writing) {
      for (List<Path> batch : parts.files()) {
        Map<Path, Optional<Path>> rewritten = erasure.rewritten(batch);
        kept.changing(() -> parts.replace(rewritten));
        found |= !rewritten.isEmpty();
      }
      found |= kept.erase(erasure);
    }
    kept.send(); // it is not over while it is elsewhere
    return found;
  }

  @Override
  public void removeBefore(long millis) {
    synchronized (writing) {
      kept.removeBefore(millis);
    }
  }

  @Override
  public long bytes() {
    return kept.bytes();
  }

  @Override
  public void close() {
    parts.close();
  }
}
