package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.connectors.Connectors;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.engine.Audience;
import io.aircheck.experience.engine.AudienceListener;
import io.aircheck.experience.engine.Collector;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.engine.SenderLimits;
import io.aircheck.experience.engine.SessionHistory;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.exposure.Exposures;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalPolicy;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.timeline.SessionTimeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that a service does for its viewers, while it is switched on. Thread-safe. */
public final class Viewers implements ViewerIntake, KnownViewers, AutoCloseable {
  /** A sender may send so many seconds' worth at once. */
  private static final double BURST_SECONDS = 10;

  /**
   * What is read again reaches back so much further than the cubes: sessions that began earlier are
   * met there, in windows that are in no answer any more, and are counted as new in none that is.
   */
  private static final Duration LEAD = Duration.ofMinutes(10);

  /** Without reports of earlier times, nothing that late is new. */
  private static final Duration A_DAY = Duration.ofHours(25);

  /** A window is taken to be complete so long after its end. */
  private static final long LATE_MILLIS = 10_000;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TICKS_PER_TIDYING = 60;

  private final ViewerSettings settings;
  private final ViewerPlaces places;
  private final Journal journal;
  private final Audience audience;
  private final IntakeCounters counters = new IntakeCounters();
  private final Refusals refusals = new Refusals();
  private final Collector collector;
  private final SessionHistory history;
  private final Exposures exposures;
  private final ViewerWatch watch;
  private final UnmonitoredDesk unmonitored;
  private final ViewerSinks sinks;
  private final PassingOn passing;
  private final ViewerLogs logs;
  private final CohortTotals totals;
  private final ViewerSurroundings around;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-viewers").factory());
  private int ticks;

  private volatile @Nullable String problem;

  /**
   * Starts: what was acknowledged before is known again. A start waits some seconds for that; what
   * takes longer goes on meanwhile.
   *
   * @param folder of the journal
   * @param places looks addresses up; closed by who has made it
   * @param monitor the other half of the service, started before
   * @param outbound where connectors may connect to
   * @throws IOException when the folder cannot be used
   */
  public static Viewers start(
      ViewerSettings settings,
      Path folder,
      ViewerPlaces places,
      Monitor monitor,
      OutboundPolicy outbound,
      ViewerSurroundings around)
      throws IOException {
    Viewers viewers = new Viewers(settings, folder, places, monitor, outbound, around);
    try {
      viewers.restore();
    } catch (RuntimeException e) {
      viewers.close();
      throw e;
    }
    return viewers;
  }

  /** Where reports are kept: beside another folder of the service. */
  public static Path beside(Path folder) {
    return folder.resolveSibling("viewers");
  }

  /** Where viewers are archived: beside the reports. */
  static Path archiveBeside(Path folder) {
    return folder.resolveSibling("viewer-archive");
  }

  /** Where it is kept how far request logs were read: beside the reports. */
  static Path logsBeside(Path folder) {
    return folder.resolveSibling("viewer-logs");
  }

  /** Where what is usual for viewers is kept: beside the reports. */
  static Path learntBeside(Path folder) {
    return folder.resolveSibling("viewer-alerts").resolve("learnt");
  }

  private Viewers(
      ViewerSettings settings,
      Path folder,
      ViewerPlaces places,
      Monitor monitor,
      OutboundPolicy outbound,
      ViewerSurroundings around)
      throws IOException {
    this.settings = settings;
    this.around = around;
    this.clock = around.clock();
    this.log = around.log();
    this.places = places;
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
    CubeSpec spec = settings.cube();
    this.audience =
        new Audience(
            new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()),
            spec,
            settings.maxSessions(),
            new Listener());
    this.exposures = new Exposures(spec.windowMillis());
    this.watch =
        ViewerWatch.of(
            settings.alerts(),
            exposures,
            spec,
            audience::ask,
            monitor,
            learntBeside(folder),
            clock.millis(),
            log);
    this.unmonitored = UnmonitoredDesk.of(settings.unmonitored(), monitor, log);
    this.sinks = sinks(settings, folder, outbound);
    this.totals = CohortTotals.of(settings.metrics(), spec, audience, clock.millis());
    ReportReader reader = new ReportReader(settings.customKeys());
    this.history =
        new SessionHistory(
            journal,
            reader,
            recorder -> new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession(), recorder));
    Arrivals arrivals = arrivals(settings, places);
    this.collector =
        new Collector(journal, reader, arrivals, audience, limits(settings), counters, clock);
    this.logs = logs(settings, folder, arrivals);
    this.passing = new PassingOn(audience, log);
  }

  private ViewerLogs logs(ViewerSettings settings, Path folder, Arrivals arrivals)
      throws IOException {
    try {
      return new ViewerLogs(settings, logsBeside(folder), journal, arrivals, collector, around);
    } catch (IOException | RuntimeException e) {
      sinks.close();
      journal.close();
      throw e;
    }
  }

  /** What is known of bodies from the way they came. */
  static Arrivals arrivals(ViewerSettings settings, ViewerPlaces places) {
    return new Arrivals(
        places.locator(),
        new OptOut(true, settings.doNotTrack()),
        Set.copyOf(settings.customKeys().values()));
  }

  /** How much a sender may send. */
  static SenderLimits limits(ViewerSettings settings) {
    return new SenderLimits(
        settings.reportsPerSecond(), settings.reportsPerSecond() * BURST_SECONDS);
  }

  private ViewerSinks sinks(ViewerSettings settings, Path folder, OutboundPolicy outbound)
      throws IOException {
    boolean nothingBefore = journal.start() == journal.end();
    long knownMillis = nothingBefore ? A_DAY.toMillis() : audience.spec().spanMillis();
    try {
      return new ViewerSinks(
          settings,
          folder,
          audience.spec(),
          audience,
          clock.millis() - knownMillis,
          outbound,
          around);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** Tells the others what is new of viewers. */
  private final class Listener implements AudienceListener {
    @Override
    public void told(List<Told> news) {
      watch.count(() -> news.forEach(one -> exposures.add(one.delta())));
      sinks.told(news);
    }

    @Override
    public void advanced(long millis) {
      sinks.advanced(millis);
    }
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
    logs.begin();
  }

  private void readAgain() {
    long cubes = clock.millis() - audience.spec().spanMillis() - LEAD.toMillis();
    try {
      long unreadable = collector.restore(Math.min(cubes, sinks.sinceMillis()));
      if (unreadable > 0) {
        log.accept(
            "%d bodies of viewers' reports are damaged and not counted".formatted(unreadable));
      }
    } catch (IOException e) {
      String what = "reports of viewers cannot be read again: " + e.getMessage();
      problem = what;
      log.accept(what);
      sinks.giveUp();
    } finally {
      sinks.begin(audience::advancedMillis);
    }
  }

  private void tick() {
    try {
      collector.tick();
      if (collector.isRestored()) {
        long advanced = audience.advancedMillis();
        watch.look(clock.millis(), advanced == Long.MIN_VALUE ? advanced : advanced - LATE_MILLIS);
        totals.look(advanced);
      }
      journal.flush();
      if (++ticks % TICKS_PER_TIDYING == 0) {
        journal.tidy(clock.millis());
      }
    } catch (IOException | RuntimeException e) {
      log.accept("reports of viewers could not be tended: " + e.getMessage());
    }
  }

  @Override
  public ViewerSettings settings() {
    return settings;
  }

  @Override
  public long nowMillis() {
    return clock.millis();
  }

  @Override
  public CubeSpec spec() {
    return audience.spec();
  }

  @Override
  public RecentCube cube() {
    return audience;
  }

  @Override
  public long oldestMillis() {
    return audience.oldestMillis(clock.millis());
  }

  @Override
  public boolean isComplete() {
    return collector.isRestored();
  }

  @Override
  public OptionalLong completeMillis() {
    return OptionalLong.empty();
  }

  @Override
  public OptionalLong sessions() {
    return OptionalLong.of(audience.sessions());
  }

  @Override
  public long open() {
    return audience.open();
  }

  @Override
  public Map<String, Long> openByContent() {
    return audience.openByContent();
  }

  @Override
  public void lookForUnmonitored() {
    if (watch.goesOn()) {
      unmonitored.look(clock.millis(), audience.openByContent());
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

  /**
   * What a session lived through, as far as its reports are still kept.
   *
   * @return empty: none is
   * @throws IOException when the journal cannot be read
   */
  public Optional<SessionTimeline> timeline(String session) throws IOException {
    // A session that is on its first view has nothing from before it.
    long since =
        audience
            .session(session)
            .filter(state -> state.viewNumber() == 1)
            .flatMap(
                state ->
                    state.startedMillis().isPresent()
                        ? Optional.of(state.startedMillis().getAsLong() - LEAD.toMillis())
                        : Optional.<Long>empty())
            .orElse(0L);
    return history.of(session, since, clock.millis());
  }

  /**
   * What the other copies of the service are told.
   *
   * @param streams of the service
   * @return empty: the past is not known yet
   */
  public Optional<ViewerNumbers> numbers(Collection<WatchedStream> streams) {
    if (!watch.goesOn()) {
      return Optional.empty();
    }
    Map<String, Long> watching = new TreeMap<>(audience.openByContent());
    watching.keySet().retainAll(streams.stream().map(Programmes::content).toList());
    Map<String, ViewerNumbers.Shown> incidents = new TreeMap<>();
    watch
        .exposures()
        .forEach(
            (incident, exposure) ->
                incidents.put(
                    incident,
                    new ViewerNumbers.Shown(
                        exposure.viewers(), ExposureJson.of(exposure).toString())));
    return Optional.of(new ViewerNumbers(watching, incidents));
  }

  @Override
  public ViewerWatch watch() {
    return watch;
  }

  @Override
  public Optional<Archiving> archiving() {
    return sinks.archiving();
  }

  /** The other systems that are told of viewers. */
  public Connectors connectors() {
    return sinks.connectors();
  }

  @Override
  public CohortTotals totals() {
    return totals;
  }

  /**
   * Erases a session: what is known of it, what it sent, and what is archived of it. Sums that it
   * is in stay.
   *
   * @return whether there was anything
   * @throws IOException when that is not possible; it is to be tried again then
   * @throws io.aircheck.core.store.StoreException likewise
   */
  public boolean erase(String session) throws IOException {
    boolean known = collector.erase(session);
    boolean waits = connectors().erase(session);
    boolean archived = archiving().isPresent() && archiving().get().archive().erase(session);
    return known || waits || archived;
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
  public List<ViewerLog> logs() {
    return logs.list();
  }

  @Override
  public int retryAfterSeconds(Sender sender) {
    return collector.retryAfterSeconds(sender);
  }

  @Override
  public Answer take(
      ReportSchema schema, Sender sender, Target target, Location known, byte[] body) {
    return collector.take(schema, sender, target, known, body);
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

  @Override
  public Optional<String> problem() {
    return collector.problem().or(() -> Optional.ofNullable(problem)).or(sinks::problem);
  }

  /** Stops; everything that was acknowledged stays for the next start. */
  @Override
  public void close() {
    logs.close();
    timer.shutdownNow();
    passing.close();
    watch.close();
    sinks.close();
    try {
      journal.close();
    } catch (IOException e) {
      log.accept("the journal of viewers could not be closed: " + e.getMessage());
    }
  }
}
