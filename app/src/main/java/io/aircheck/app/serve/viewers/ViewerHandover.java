package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.scale.StatelessCollector;
import io.aircheck.notify.kafka.KafkaReportLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes reports and hands them over to a topic, for a job that makes something of them. Keeps
 * nothing itself. Thread-safe.
 */
public final class ViewerHandover implements ViewerIntake, AutoCloseable {
  /** How late it is is told so often, so that time passes for sessions that are silent. */
  private static final long TICK_SECONDS = 2;

  private final ViewerPlaces places;
  private final KafkaReportLog log;
  private final StatelessCollector collector;
  private final Intake intake;
  private final ViewerLogs logs;
  private final Consumer<String> told;

  /** What was told last of handing over; used by the timer alone. */
  private Optional<String> toldProblem = Optional.empty();

  private final IntakeCounters counters = new IntakeCounters();
  private final Refusals refusals = new Refusals();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-viewers").factory());

  /**
   * Starts; brokers may be away.
   *
   * @param folder in which reports would be kept; how far request logs were read is kept beside it
   * @param places looks addresses up; closed by who has made it
   * @throws IOException when a folder cannot be used
   */
  public ViewerHandover(
      ViewerSettings settings, Path folder, ViewerPlaces places, ViewerSurroundings around)
      throws IOException {
    InstantSource clock = around.clock();
    this.told = around.log();
    this.places = places;
    log = new KafkaReportLog(settings.kafka());
    collector = new StatelessCollector(log);
    Arrivals arrivals = Viewers.arrivals(settings, places);
    logs = new ViewerLogs(settings, Viewers.logsBeside(folder), null, arrivals, collector, around);
    intake =
        new Intake(
            new ReportReader(settings.customKeys()),
            arrivals,
            Viewers.limits(settings),
            counters,
            clock,
            collector);
    Future<?> unused =
        timer.scheduleWithFixedDelay(() -> tick(clock.millis()), 0, TICK_SECONDS, TimeUnit.SECONDS);
    logs.begin();
  }

  private void tick(long nowMillis) {
    log.tick(nowMillis);
    Optional<String> now = problem();
    if (now.isPresent() != toldProblem.isPresent()) {
      told.accept(now.orElse("reports of viewers are handed over again"));
    }
    toldProblem = now;
  }

  @Override
  public List<ViewerLog> logs() {
    return logs.list();
  }

  @Override
  public int retryAfterSeconds(Sender sender) {
    return intake.retryAfterSeconds(sender);
  }

  @Override
  public Answer take(
      ReportSchema schema, Sender sender, Target target, Location known, byte[] body) {
    return intake.take(schema, sender, target, known, body);
  }

  @Override
  public IntakeCounters counters() {
    return counters;
  }

  @Override
  public Refusals refusals() {
    return refusals;
  }

  @Override
  public List<PlaceFile> places() {
    return places.files();
  }

  @Override
  public Optional<String> problem() {
    return collector.problem();
  }

  /** Stops; what was acknowledged is in the topic. */
  @Override
  public void close() {
    logs.close();
    timer.shutdownNow();
    log.close();
  }
}
