package io.aircheck.storage.parquet;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.store.StoreException;
import io.aircheck.core.viewer.FactOutlet;
import io.aircheck.storage.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files of a table of facts, as {@link ParquetFacts} has them, for who publishes them
 * later. Names are unique, so files of many writers lie side by side. Not thread-safe.
 */
public final class ParquetOutlet implements FactOutlet {
  private static final int NAME_LENGTH = 20;

  private final FactLayout layout;
  private final FactSql sql;
  private final FactTarget target;
  private final Path work;
  private final FactLimits limits;

  /** Made when files are: who only publishes needs none. */
  private @Nullable FactEngine engine;

  private @Nullable StagedParts parts;
  private int published;

  /**
   * An outlet.
   *
   * @param target where they are published
   * @param work a folder of its own, on the same disk as the target if that is a folder; removed in
   *     the end
   * @param limits what making them may use
   */
  public ParquetOutlet(FactLayout layout, FactTarget target, Path work, FactLimits limits) {
    this.layout = layout;
    this.sql = new FactSql(layout);
    this.target = target;
    this.work = work;
    this.limits = limits;
  }

  @Override
  public List<File> make(List<Fact> facts) throws IOException {
    try {
      return write(facts);
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private List<File> write(List<Fact> facts) throws IOException {
    FactEngine open = engine == null ? new FactEngine(limits, work.resolve("spill")) : engine;
    engine = open;
    StagedParts staged =
        parts == null ? new StagedParts(layout, open.writer(), work.resolve("staged")) : parts;
    parts = staged;
    staged.add(0, facts);
    List<Path> read = staged.files().getFirst();
    staged.forget(0);
    TreeSet<Long> hours = new TreeSet<>();
    facts.forEach(fact -> hours.add(ParquetFacts.hourOf(fact.timeMillis())));
    List<File> made = new ArrayList<>(hours.size());
    for (long hour : hours) {
      Path file = staged.next();
      String of =
          "(SELECT * FROM %s WHERE %s)"
              .formatted(
                  FactSql.files(read), FactSql.within(hour, hour + ParquetFacts.HOUR_MILLIS));
      open.writer().execute(FactSql.copy(sql.merged(of) + " ORDER BY " + sql.order(), file));
      String writer = UUID.randomUUID().toString().replace("-", "").substring(0, NAME_LENGTH);
      made.add(
          new File(
              new FactFileName(layout.name(), hour, writer, hour).toString(),
              Files.readAllBytes(file)));
      Files.delete(file);
    }
    StagedParts.delete(read);
    return made;
  }

  @Override
  public void publish(File file) throws IOException {
    Files.createDirectories(work);
    Path unfinished = work.resolve(++published + ".unfinished");
    Files.write(unfinished, file.content());
    try {
      target.put(file.name(), unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @Override
  public void close() {
    if (parts != null) {
      parts.close();
    }
    if (engine != null) {
      engine.close();
    }
    try {
      Folders.remove(work);
    } catch (IOException e) {
      // It is of no use, and in nobody's way.
      return;
    }
  }
}
