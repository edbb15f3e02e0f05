package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ArchiveSettings;
import io.aircheck.app.serve.settings.S3Settings;
import io.aircheck.core.fact.FactExport;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.store.StoreException;
import io.aircheck.experience.archive.ArchivePolicy;
import io.aircheck.experience.archive.ArchiveQuestions;
import io.aircheck.experience.archive.MinuteFacts;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.experience.archive.ViewerArchive;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactFiles;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import io.aircheck.storage.s3.S3FactFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The archive of viewers of a service: its tables, and a thread of its own that tends it, so that
 * nobody else waits for what is written. Thread-safe.
 */
public final class Archiving implements AutoCloseable {
  private static final int TEND_SECONDS = 5;
  private static final int PATIENCE_SECONDS = 10;

  /** Files are sent to a bucket every so many rounds. */
  private static final int ROUNDS_PER_SENDING = 12;

  private final ArchiveSettings settings;
  private final FactFiles files;
  private final FactEngine engine;
  private final ParquetFacts sessions;
  private final ParquetFacts minutes;
  private final ViewerArchive archive;
  private final ArchiveQuestions questions;
  private final ExportFolder exports;
  private final Consumer<String> log;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-viewer-archive").factory());
  private int rounds;
  private Optional<String> told = Optional.empty();

  /**
   * Opens the archive.
   *
   * @param folder of its own in the data directory
   * @param labels attributes that have no columns of their own
   * @param completeMillis since when reports are known at the latest, where nothing is archived yet
   * @param log told one line about what an operator should know
   * @throws IOException when it cannot be used
   */
  static Archiving open(
      ArchiveSettings settings,
      Path folder,
      CubeSpec spec,
      RecentCube cube,
      Collection<String> labels,
      long completeMillis,
      InstantSource clock,
      Consumer<String> log)
      throws IOException {
    FactFiles files = files(settings, folder, clock);
    FactEngine engine =
        new FactEngine(
            new FactLimits(
                settings.queryMemory().bytes(),
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                settings.queryTimeout()),
            folder.resolve("work/spill"));
    try {
      return new Archiving(
          settings, folder, spec, cube, labels, completeMillis, files, engine, log);
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private Archiving(
      ArchiveSettings settings,
      Path folder,
      CubeSpec spec,
      RecentCube cube,
      Collection<String> labels,
      long completeMillis,
      FactFiles files,
      FactEngine engine,
      Consumer<String> log)
      throws IOException {
    this.settings = settings;
    this.files = files;
    this.engine = engine;
    this.log = log;
    this.exports = new ExportFolder(folder);
    this.sessions = table(SessionFacts.LAYOUT, folder);
    this.minutes = table(MinuteFacts.LAYOUT, folder);
    this.archive =
        new ViewerArchive(
            sessions,
            minutes,
            cube,
            spec,
            ArchivePolicy.keeping(settings.keepSessionsFor(), settings.keepMinutesFor()),
            completeMillis);
    this.questions = new ArchiveQuestions(archive, sessions, minutes, cube, spec, labels);
  }

  private static FactFiles files(ArchiveSettings settings, Path folder, InstantSource clock)
      throws IOException {
    if (settings.s3().isEmpty()) {
      return new DiskFactFiles(folder);
    }
    S3Settings s3 = settings.s3().get();
    return new S3FactFiles(s3.location(), s3.key(), folder, settings.maxCopies().bytes(), clock);
  }

  private ParquetFacts table(FactLayout layout, Path folder) throws IOException {
    return new ParquetFacts(layout, files, folder.resolve("work").resolve(layout.name()), engine);
  }

  /** What takes in what is new of viewers. */
  public ViewerArchive archive() {
    return archive;
  }

  /** What answers questions about them. */
  public ArchiveQuestions questions() {
    return questions;
  }

  /** Before this time sessions are not kept any more, milliseconds. */
  public long oldestSessionMillis(long nowMillis) {
    return nowMillis - settings.keepSessionsFor().toMillis();
  }

  /** Before this time sums by minutes are not kept any more, milliseconds. */
  public long oldestMinuteMillis(long nowMillis) {
    return nowMillis - settings.keepMinutesFor().toMillis();
  }

  /** What writes sessions to files for others. */
  public FactExport export() {
    return sessions;
  }

  /** A file for an export, to be deleted by who asks for it. */
  public Path exportFile() throws IOException {
    return exports.next();
  }

  /**
   * Begins to tend the archive, now that reports are no longer read again.
   *
   * @param advanced up to when time has passed for all sessions
   */
  void begin(LongSupplier advanced) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            () -> tend(advanced), TEND_SECONDS, TEND_SECONDS, TimeUnit.SECONDS);
  }

  private void tend(LongSupplier advanced) {
    try {
      archive.tend(advanced.getAsLong());
      tell(archive.problem());
      if (++rounds % ROUNDS_PER_SENDING == 0) {
        files.tend();
      }
    } catch (IOException | RuntimeException e) {
      tell(Optional.of("the archive of viewers could not be tended: " + e.getMessage()));
    }
  }

  /** Tells a problem once, not every few seconds. */
  private void tell(Optional<String> problem) {
    if (!problem.equals(told)) {
      problem.ifPresent(log);
      told = problem;
    }
  }

  /** Stops; what is not written yet is known from the reports at the next start. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log.accept("the archive of viewers is still being written; the next start makes up for it");
      }
      sessions.close();
      minutes.close();
      engine.close();
    } catch (StoreException e) {
      log.accept(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
