package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.LogSettings;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdRequests;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.ingest.KeptPlaces;
import io.aircheck.experience.ingest.LogBodies;
import io.aircheck.experience.ingest.LogBucket;
import io.aircheck.experience.ingest.LogObjects;
import io.aircheck.experience.ingest.LogReader;
import io.aircheck.experience.ingest.LogTail;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.logs.LogReports;
import io.aircheck.experience.quirk.Quirk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The request logs that reports are read from, each on a thread of its own. How far they were read
 * is kept with the reports and, every second, in files. Thread-safe.
 */
public final class ViewerLogs implements AutoCloseable {
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<ViewerLog> logs = new ArrayList<>();
  private final KeptPlaces places;
  private final Consumer<String> log;
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private final List<ScheduledExecutorService> threads = new ArrayList<>();

  /**
   * Logs, as far as they were read.
   *
   * @param folder for how far that is
   * @param journal that the keeper writes to; null: it hands over
   * @throws IOException when it cannot be found out how far they were read
   */
  ViewerLogs(
      ViewerSettings settings,
      Path folder,
      @Nullable Journal journal,
      Arrivals arrivals,
      Intake.Keeper keeper,
      ViewerSurroundings around)
      throws IOException {
    this.log = around.log();
    this.places = new KeptPlaces(folder, journal);
    for (LogSettings one : settings.logs()) {
      LogReports reports =
          new LogReports(
              one.reader(),
              new CmcdRequests(
                  new CmcdParser(settings.customKeys().keySet()),
                  new CmcdMapping(Quirk.ofRecords(), settings.customKeys())),
              arrivals,
              one.attributes());
      logs.add(open(one, reports, keeper, around));
    }
    places.restore(logs.stream().map(ViewerLog::intake).toList());
  }

  private static ViewerLog open(
      LogSettings one, LogReports reports, Intake.Keeper keeper, ViewerSurroundings around) {
    String name = one.name();
    InstantSource clock = around.clock();
    if (one.file().isPresent()) {
      return ViewerLog.of(one, new LogTail(name, one.file().get(), reports, keeper, clock));
    }
    if (one.s3().isPresent()) {
      LogBucket bucket = new S3Logs(one.s3().get(), around.meter());
      return ViewerLog.of(
          one, new LogObjects(name, one.s3().get().shown(), bucket, reports, keeper, clock));
    }
    return ViewerLog.of(one, new LogBodies(name, reports, keeper, clock));
  }

  /** Begins to read. */
  void begin() {
    for (ViewerLog one : logs) {
      ScheduledExecutorService thread =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("aircheck-log-" + one.name()).factory());
      Duration interval = one.settings().s3().isPresent() ? one.settings().every() : LOOK_INTERVAL;
      Future<?> unused =
          thread.scheduleWithFixedDelay(
              () -> look(one), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
      threads.add(thread);
    }
  }

  private void look(ViewerLog one) {
    try {
      one.reader().ifPresent(LogReader::look);
      places.save(one.intake());
      tell(one.name(), one.problem());
    } catch (IOException e) {
      tell(one.name(), Optional.of(unsaved(one, e)));
    } catch (RuntimeException e) {
      tell(one.name(), Optional.of("log %s cannot be read: %s".formatted(one.name(), e)));
    }
  }

  private static String unsaved(ViewerLog one, IOException e) {
    return "how far log %s was read cannot be kept: %s; check the disk".formatted(one.name(), e);
  }

  private void tell(String name, Optional<String> problem) {
    String before = problem.isPresent() ? told.put(name, problem.get()) : told.remove(name);
    if (problem.isPresent() && !problem.get().equals(before)) {
      log.accept(problem.get());
    } else if (problem.isEmpty() && before != null) {
      log.accept("log %s is read again".formatted(name));
    }
  }

  /** All of them, in the order of the settings. */
  public List<ViewerLog> list() {
    return List.copyOf(logs);
  }

  /** Stops; the next process goes on where they are. */
  @Override
  public void close() {
    threads.forEach(ScheduledExecutorService::shutdown);
    for (ScheduledExecutorService thread : threads) {
      try {
        if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          thread.shutdownNow();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    for (ViewerLog one : logs) {
      one.reader().ifPresent(LogReader::close);
      try {
        places.save(one.intake());
      } catch (IOException e) {
        log.accept(unsaved(one, e));
      }
    }
  }
}
