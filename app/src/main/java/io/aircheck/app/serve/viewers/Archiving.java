package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ArchiveSettings;
import io.aircheck.app.serve.settings.S3Settings;
import io.aircheck.app.serve.settings.ViewerSettings;
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
import io.aircheck.experience.report.Attributes;
import io.aircheck.storage.parquet.DiskFactFiles;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactFiles;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import io.aircheck.storage.s3.S3FactFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
   * @param completeMillis since when reports are known at the latest, where nothing is archived yet
   * @throws IOException when it cannot be used
   */
  static Archiving open(
      ViewerSettings settings,
      Path folder,
      CubeSpec spec,
      RecentCube cube,
      long completeMillis,
      ViewerSurroundings around)
      throws IOException {
    ArchiveSettings archive = settings.archive();
    FactFiles files = files(archive, folder, around);
    FactEngine engine =
        new FactEngine(
            new FactLimits(
                archive.queryMemory().bytes(),
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                archive.queryTimeout()),
            folder.resolve("work/spill"));
    try {
      return new Archiving(
          settings, folder, spec, cube, completeMillis, files, engine, around.log());
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private Archiving(
      ViewerSettings settings,
      Path folder,
      CubeSpec spec,
      RecentCube cube,
      long completeMillis,
      FactFiles files,
      FactEngine engine,
      Consumer<String> log)
      throws IOException {
    this.settings = settings.archive();
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
            ArchivePolicy.keeping(
                    settings.archive().keepSessionsFor(), settings.archive().keepMinutesFor())
                .forSessions(settings.maxSessions()),
            completeMillis);
    this.questions = new ArchiveQuestions(archive, sessions, minutes, cube, spec, labels(settings));
  }

  /** Attributes that the archive has no columns for. */
  private static Set<String> labels(ViewerSettings settings) {
    Set<String> labels = new HashSet<>(settings.customKeys().values());
    if (settings.keeps(Attributes.REGION)) {
      labels.add(Attributes.REGION);
    }
    return labels;
  }

  private static FactFiles files(ArchiveSettings settings, Path folder, ViewerSurroundings around)
      throws IOException {
    if (settings.s3().isEmpty()) {
      return new DiskFactFiles(folder);
    }
    S3Settings s3 = settings.s3().get();
    return new S3FactFiles(
        s3.location(),
        s3.key(),
        folder,
        settings.maxCopies().bytes(),
        around.clock(),
        around.meter());
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
