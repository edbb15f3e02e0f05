package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Audience;
import io.aircheck.experience.engine.Collector;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.engine.SenderLimits;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalPolicy;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that a service does for its viewers, while it is switched on. Thread-safe. */
public final class Viewers implements AutoCloseable {
  /** A sender may send so many seconds' worth at once. */
  private static final double BURST_SECONDS = 10;

  /**
   * What is read again reaches back so much further than the cubes: sessions that began earlier are
   * met there, in windows that are in no answer any more, and are counted as new in none that is.
   */
  private static final Duration LEAD = Duration.ofMinutes(10);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TICKS_PER_TIDYING = 60;

  private final Journal journal;
  private final Audience audience;
  private final IntakeCounters counters = new IntakeCounters();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
  private final Collector collector;
  private final ViewerWatch watch;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-viewers").factory());
  private int ticks;
  private volatile @Nullable String problem;

  /**
   * Starts, if it is to: what was acknowledged before is known again. A start waits some seconds
   * for that; what takes longer goes on meanwhile.
   *
   * @param folder of the journal
   * @param monitor the other half of the service, started before
   * @param log told one line about what an operator should know
   * @return empty: it is switched off
   * @throws IOException when the folder cannot be used
   */
  public static Optional<Viewers> start(
      ViewerSettings settings,
      Path folder,
      Monitor monitor,
      InstantSource clock,
      Consumer<String> log)
      throws IOException {
    if (!settings.enabled()) {
      return Optional.empty();
    }
    Viewers viewers = new Viewers(settings, folder, monitor, clock, log);
    viewers.restore();
    return Optional.of(viewers);
  }

  /** Where reports are kept: beside another folder of the service. */
  public static Path beside(Path folder) {
    return folder.resolveSibling("viewers");
  }

  private Viewers(
      ViewerSettings settings,
      Path folder,
      Monitor monitor,
      InstantSource clock,
      Consumer<String> log)
      throws IOException {
    this.clock = clock;
    this.log = log;
    this.journal =
        Journal.open(
            folder,
            JournalPolicy.of(
                settings.keepReportsFor(), settings.maxBytes().bytes(), settings.sync()));
    if (journal.cutBytes() > 0) {
      log.accept(
          "the last report of a viewer was half written and is gone (%d bytes); it was not answered"
              .formatted(journal.cutBytes()));
    }
    for (Refusal reason : Refusal.values()) {
      refused.put(reason, new LongAdder());
    }
    CubeSpec spec = CubeSpec.lastHour(settings.dimensions());
    this.watch = ViewerWatch.of(settings.alerts(), spec, this::ask, monitor, clock.millis(), log);
    this.audience =
        new Audience(
            new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()),
            spec,
            settings.maxSessions(),
            watch::seen);
    this.collector =
        new Collector(
            journal,
            new ReportReader(settings.customKeys()),
            new Arrivals(
                Locator.NOWHERE,
                new OptOut(true, settings.doNotTrack()),
                Set.copyOf(settings.customKeys().values())),
            audience,
            new SenderLimits(
                settings.reportsPerSecond(), settings.reportsPerSecond() * BURST_SECONDS),
            counters,
            clock);
  }

  private Optional<CubeAnswer> ask(CubeQuery query) {
    return audience.ask(query);
  }

  private void restore() {
    watch.look(clock.millis(), Long.MIN_VALUE);
    Future<?> restored = timer.submit(this::readAgain);
    Future<?> unused = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    try {
      restored.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.accept("reports of the last hour are being read again; answers lack them until then");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("reports of viewers could not be read again", e);
    }
  }

  private void readAgain() {
    long since = clock.millis() - audience.spec().spanMillis() - LEAD.toMillis();
    try {
      long unreadable = collector.restore(since);
      if (unreadable > 0) {
        log.accept(
            "%d bodies of viewers' reports are damaged and not counted".formatted(unreadable));
      }
    } catch (IOException e) {
      String what = "reports of viewers cannot be read again: " + e.getMessage();
      problem = what;
      log.accept(what);
    }
  }

  private void tick() {
    try {
      collector.tick();
      if (collector.isRestored()) {
        watch.look(clock.millis(), audience.advancedMillis());
      }
      journal.flush();
      if (++ticks % TICKS_PER_TIDYING == 0) {
        journal.tidy(clock.millis());
      }
    } catch (IOException | RuntimeException e) {
      log.accept("reports of viewers could not be tended: " + e.getMessage());
    }
  }

  /** What takes reports. */
  public Collector collector() {
    return collector;
  }

  /** What is known of viewers. */
  public Audience audience() {
    return audience;
  }

  /** The join of viewers with what the monitor finds. */
  public ViewerWatch watch() {
    return watch;
  }

  /** What was taken and what was not. */
  public IntakeCounters counters() {
    return counters;
  }

  /** Counts a body that was not looked at. */
  public void refused(Refusal reason) {
    adder(reason).increment();
  }

  /** How many bodies were not looked at. */
  public long refusals(Refusal reason) {
    return adder(reason).sum();
  }

  private LongAdder adder(Refusal reason) {
    LongAdder adder = refused.get(reason);
    if (adder == null) {
      throw new IllegalStateException("every reason has a counter");
    }
    return adder;
  }

  /** Bytes of the reports that are kept. */
  public long journalBytes() {
    return journal.bytes();
  }

  /** How far the timers of silent sessions are behind, milliseconds; they are to be 1 s to 3 s. */
  public long latenessMillis() {
    long advanced = audience.advancedMillis();
    return advanced == Long.MIN_VALUE ? 0 : Math.max(0, clock.millis() - advanced);
  }

  /** What is wrong; empty: nothing. */
  public Optional<String> problem() {
    return collector.problem().or(() -> Optional.ofNullable(problem));
  }

  /** Stops; everything that was acknowledged stays for the next start. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      journal.close();
    } catch (IOException e) {
      log.accept("the journal of viewers could not be closed: " + e.getMessage());
    }
  }
}
