package io.aircheck.app.serve;

import io.aircheck.app.check.AnalysisDeployment;
import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.cost.Prices;
import io.aircheck.app.cost.RunningCost;
import io.aircheck.app.serve.access.Access;
import io.aircheck.app.serve.channels.Channel;
import io.aircheck.app.serve.channels.ChannelBook;
import io.aircheck.app.serve.checks.CheckDesk;
import io.aircheck.app.serve.copies.Commons;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.events.EventHub;
import io.aircheck.app.serve.events.News;
import io.aircheck.app.serve.evidence.EvidenceRecorder;
import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.incidents.DeliveryRecord;
import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.incidents.Retention;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.app.serve.mutes.MuteRegistry;
import io.aircheck.app.serve.settings.CopySettings;
import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.settings.WhenFull;
import io.aircheck.app.serve.streams.ClusterDesk;
import io.aircheck.app.serve.streams.MetricRecorder;
import io.aircheck.app.serve.streams.StreamChanges;
import io.aircheck.app.serve.streams.StreamProbe;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.StreamWatch;
import io.aircheck.app.serve.streams.WatchDeployment;
import io.aircheck.app.serve.streams.WatchPlan;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.viewers.Monitor;
import io.aircheck.app.serve.viewers.ViewerHandover;
import io.aircheck.app.serve.viewers.ViewerIntake;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.MetricReader;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The service: streams, their incidents, what proves them and who is told, put together. Knows
 * nothing of HTTP. Thread-safe.
 */
public final class Service implements AutoCloseable {
  /** How often what has changed of streams is told, and their levels. */
  private static final Duration NEWS_INTERVAL = Duration.ofMillis(500);

  /** Clips begin with a key frame, and findings are found some time after their beginning. */
  private static final Duration KEY_FRAMES = Duration.ofSeconds(15);

  private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofMinutes(10);

  /** How often it is measured what the machine has room for. */
  private static final Duration CAPACITY_INTERVAL = Duration.ofSeconds(5);

  /** How often it is looked what viewers watch and nobody monitors. */
  private static final Duration VIEWED_INTERVAL = Duration.ofSeconds(1);

  private final ServiceSurroundings around;
  private final EventHub events = new EventHub();
  private final News news = new News(events);
  private final ChannelBook channels;
  private final MetricRecorder metrics;
  private final StreamRegistry registry;
  private final MuteRegistry mutes;
  private final StreamWatch watch;
  private final Incidents incidents;

  /** Empty: this process is the whole service. */
  private final Optional<CopyMember> member;

  private final DeliveryRecord deliveries;
  private final Duties duties;
  private final StreamChanges changes;
  private final EvidenceRecorder recorder;
  private final StreamProbe probe;
  private final CheckDesk checks;
  private final ServiceTimer timer;

  /** Of its own: a bucket that is away keeps it for minutes, and news must not wait for that. */
  private final ServiceTimer housekeeping;

  /** Empty: reports of viewers are not collected. */
  private final Optional<Viewers> viewers;

  /** Empty: reports of viewers are not handed over to a job. */
  private final Optional<ViewerHandover> handover;

  private final ActiveSettings active;
  private final StreamFacts facts;

  /**
   * Starts: takes up where the last process stopped, and watches.
   *
   * @param settings checked ones
   * @throws IOException when a folder cannot be used
   * @throws SettingsException when the settings cannot be used after all
   */
  public Service(ServiceSettings settings, ServiceSurroundings around)
      throws IOException, SettingsException {
    this(settings, around, Optional.empty());
  }

  /**
   * Starts, as one of several copies: it does nothing for the service before it has {@linkplain
   * CopyMember#join joined} them.
   *
   * @param others what it has in common with them; empty: it is the whole service. Closed with it
   */
  public Service(ServiceSettings settings, ServiceSurroundings around, Optional<Commons> others)
      throws IOException, SettingsException {
    this.around = around;
    ServiceStore store = around.store();
    this.active = new ActiveSettings(around.detectors(), settings);
    this.timer = new ServiceTimer("aircheck-timer", around.log());
    this.housekeeping = new ServiceTimer("aircheck-housekeeping", around.log());
    this.channels = new ChannelBook(around.channelTypes());
    channels.apply(settings);
    this.registry =
        new StreamRegistry(
            store.documents(),
            new SettingsCheck(around.detectors(), around.channelTypes()),
            Secrets.ofApi(around.environment()),
            active.now().declared());
    this.facts = new StreamFacts(registry, active);
    this.mutes = new MuteRegistry(store.documents(), around.clock());
    this.member =
        others.map(
            commons ->
                new CopyMember(
                    settings.copies().orElse(CopySettings.DEFAULT),
                    commons,
                    store.incidents(),
                    around.detectors(),
                    facts,
                    this::routing,
                    around.clock()::millis,
                    new CopyHost(this, news, around.log())));
    this.incidents =
        member
            .map(CopyMember::incidents)
            .orElseGet(
                () ->
                    new IncidentDesk(
                        store.incidents(),
                        facts,
                        this::routing,
                        around.clock()::millis,
                        this::incidentsChanged));
    this.deliveries = new DeliveryRecord(incidents, news::notification, around.log());
    this.duties =
        new Duties(
            store.outbox(),
            name -> channels.find(name).map(Channel::notifier),
            deliveries,
            new Retention(store.incidents(), around.evidence()));
    this.metrics =
        new MetricRecorder(
            store.metrics(),
            settings.history().secondsFor(),
            settings.history().minutesFor(),
            around.clock()::millis,
            duties::isOnDuty);
    this.watch =
        new StreamWatch(
            WatchDeployment.of(
                settings.isolation(),
                around.detectors(),
                around.folds(),
                around.tasks(),
                ClusterDesk.beside(around.checksFolder())),
            around.folds().stream().map(ObservationFold::id).toList(),
            active,
            metrics,
            around.clock()::millis,
            settings.evidence().clipBefore().plus(settings.evidence().clipAfter()).plus(KEY_FRAMES),
            this::viewersOf,
            limitCores(settings),
            new WatchListener(incidents, news, around.log()));
    this.recorder =
        new EvidenceRecorder(
            around.evidence(),
            metrics,
            new StreamMaterial(watch, active).material(),
            settings.evidence().clipAfter(),
            around.workFolder(),
            news::evidence,
            (id, e) ->
                around.log().accept("evidence of " + id + " could not be kept: " + e.getMessage()));
    AnalysisDeployment analyses =
        WatchDeployment.ofAnalyses(
            settings.isolation(), around.detectors(), around.folds(), around.tasks().sources());
    this.probe = new StreamProbe(analyses, around.tasks().sources(), active);
    this.checks =
        new CheckDesk(
            new CheckDesk.Surroundings(
                around.detectors(),
                around.folds().stream().map(ObservationFold::id).toList(),
                analyses,
                active,
                member.isEmpty()),
            store.documents(),
            around.checksFolder(),
            () -> active.now().policies(),
            check -> news.check(check.id()));
    this.changes = new StreamChanges(registry, this::refuses, this::applyStreams);
    registry.problems().forEach(around.log());
    facts.remember();
    incidents.start(registry.list().stream().map(WatchedStream::id).collect(Collectors.toSet()));
    this.viewers =
        Viewers.start(
            settings.viewers(),
            Viewers.beside(around.checksFolder()),
            new Monitor(
                registry, changes, incidents, this::status, around.evidence(), around.workFolder()),
            around.clock(),
            around.log());
    this.handover = ViewerHandover.start(settings.viewers(), around.clock());
    if (member.isEmpty()) {
      duties.begin();
      applyStreams();
      if (viewers.isEmpty()) {
        forgetViewers();
      }
    }
    timer.every(
        NEWS_INTERVAL,
        "changes could not be told",
        () -> news.tellStreams(id -> registry.find(id).isPresent()));
    timer.every(
        CAPACITY_INTERVAL, "the use of the machine could not be measured", watch::rebalance);
    viewers.ifPresent(
        some ->
            timer.every(
                VIEWED_INTERVAL,
                "streams that viewers watch could not be looked for",
                some::lookForUnmonitored));
    housekeeping.every(
        HOUSEKEEPING_INTERVAL, "old incidents could not be removed", this::keepHouse);
  }

  /** Nobody can tell any more what becomes of viewers whom incidents are about. */
  private void forgetViewers() {
    incidents.active().stream()
        .map(Incident::stream)
        .filter(CohortKey::isOne)
        .distinct()
        .forEach(incidents::unwatched);
  }

  /**
   * Goes by other settings from now on; streams and channels that have not changed are not
   * disturbed. Where it listens and where it keeps things stays as it is until it is started again.
   *
   * @throws SettingsException when they cannot be used; nothing has changed then
   */
  public void reload(ServiceSettings settings) throws SettingsException {
    ActiveSettings.Version next = active.prepare(settings);
    channels.apply(settings);
    active.use(next);
    registry.declare(next.declared());
    registry.problems().forEach(around.log());
    watch.limit(limitCores(settings));
    if (member.isPresent()) {
      facts.remember();
      member.get().settingsChanged();
    } else {
      applyStreams();
    }
    duties.wake();
  }

  static double limitCores(ServiceSettings settings) {
    return settings.capacity().share() * Runtime.getRuntime().availableProcessors();
  }

  /** Streams have changed: watches what the registry holds now, as far as its schedule says so. */
  public synchronized void applyStreams() {
    facts.remember();
    registry.list().forEach(stream -> news.stream(stream.id()));
    if (member.isPresent()) {
      member.get().streamsChanged();
      return;
    }
    Instant now = now();
    WatchPlan plan = WatchPlan.at(now, registry.list());
    watch.update(plan.due(), active.now().policies());
    timer.after(
        plan.nextChange().map(next -> Duration.between(now, next)),
        "streams could not be started by their schedule",
        this::applyStreams);
  }

  /** How many watch what streams show; before reports are collected, nobody. */
  private Map<String, Long> viewersOf(List<WatchedStream> streams) {
    return viewers().map(some -> some.of(streams)).orElse(Map.of());
  }

  /** Whether there is no room for a stream, and its policy has it refused then. */
  private boolean refuses(StreamSettings settings) {
    boolean refuses =
        policies()
            .find(settings.policy())
            .map(policy -> policy.watching().whenFull() == WhenFull.REFUSE)
            .orElse(false);
    return refuses && member.map(copy -> copy.fleet().isFull()).orElseGet(watch::full);
  }

  /** The time of day. */
  Instant now() {
    return around.clock().instant();
  }

  /** Another copy has changed streams or mutes. */
  void loadAgain() {
    registry.load();
    mutes.load();
    facts.remember();
    registry.list().forEach(stream -> news.stream(stream.id()));
  }

  void incidentsChanged(List<IncidentChange> changes) {
    duties.wake();
    recorder.changed(
        changes.stream()
            .filter(change -> !CohortKey.isOne(change.incident().stream()))
            .filter(change -> member.map(m -> m.watches(change.incident().stream())).orElse(true))
            .toList());
    changes.forEach(news::incident);
  }

  /**
   * Refuses an address that is not allowed.
   *
   * @throws SettingsException with what to do
   */
  public void checkAddress(String url) throws SettingsException {
    try {
      active.now().outbound().check(url);
    } catch (OutboundPolicy.DeniedException e) {
      throw new SettingsException("/url", String.valueOf(e.getMessage()));
    }
  }

  private void keepHouse() {
    mutes.forgetEnded();
    try {
      long before =
          around.clock().millis() - active.now().settings().history().incidentsFor().toMillis();
      duties.forgetBefore(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What is wrong with the service itself, a line each. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(registry.problems());
    incidents.problem().or(this::storeProblem).ifPresent(problems::add);
    member.ifPresent(copy -> problems.addAll(copy.problems()));
    viewerIntake().flatMap(ViewerIntake::problem).ifPresent(problems::add);
    return problems;
  }

  /** Whether the store answers: a database may be away while nothing is to be written. */
  private Optional<String> storeProblem() {
    try {
      around.store().documents().find("ready", "");
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The settings as they are now, with what is secret in them. */
  public ServiceSettings settings() {
    return active.now().settings();
  }

  /** What is used costs. */
  public Prices prices() {
    return active.now().prices();
  }

  /** What a stream costs by what it has used of late; empty: that was not measured yet. */
  public Optional<RunningCost> cost(String stream) {
    double cores = watch.recentCores(stream);
    return cores == 0
        ? Optional.empty()
        : Optional.of(RunningCost.of(cores, watch.usedGb(), prices()));
  }

  /** The streams. */
  public StreamRegistry registry() {
    return registry;
  }

  /** Adds streams and takes them away. */
  public StreamChanges changes() {
    return changes;
  }

  /** How the streams are. */
  public StreamWatch watch() {
    return watch;
  }

  /** How a stream is, whichever copy of the service watches it. */
  public StreamStatus status(String stream) {
    boolean elsewhere = member.isPresent() && !member.get().watches(stream);
    return elsewhere ? member.get().status(stream) : watch.status(stream);
  }

  /** The incidents. */
  public Incidents incidents() {
    return incidents;
  }

  /** This process as one of several; empty: it is the whole service. */
  public Optional<CopyMember> member() {
    return member;
  }

  /** Metrics over time, up to now. */
  public MetricReader metrics() {
    return metrics;
  }

  /** What is kept. */
  public ServiceStore store() {
    return around.store();
  }

  /** What proves incidents. */
  public EvidenceStore evidence() {
    return around.evidence();
  }

  /** What one process does for the whole service. */
  Duties duties() {
    return duties;
  }

  /** There is something to deliver that was not a moment ago. */
  public void deliver() {
    duties.wake();
  }

  /** Looks at addresses before they are watched. */
  public StreamProbe probe() {
    return probe;
  }

  /** Everything that changes. */
  public EventHub events() {
    return events;
  }

  /** Who is told of what: by the settings, and by the mutes that people asked for. */
  public Routing routing() {
    ServiceSettings settings = active.now().settings();
    List<MuteSettings> muted = new ArrayList<>(settings.mutes());
    mutes.list().forEach(mute -> muted.add(mute.settings()));
    return new Routing(settings.routes(), muted);
  }

  /** What takes reports of viewers; empty: they are not collected. */
  public Optional<ViewerIntake> viewerIntake() {
    return viewers.<ViewerIntake>map(some -> some).or(() -> handover);
  }

  /** Reports of viewers and what is known of them; empty: nothing is, here. */
  public Optional<Viewers> viewers() {
    return viewers;
  }

  /** Mutes that people asked for. */
  public MuteRegistry mutes() {
    return mutes;
  }

  /** Policies by name. */
  public PolicyBook policies() {
    return active.now().policies();
  }

  /** Checks of finite inputs. */
  public CheckDesk checks() {
    return checks;
  }

  /** Who may do what. */
  public Access access() {
    return active.now().access();
  }

  /** Channels by name. */
  public Map<String, Channel> channels() {
    return channels.all();
  }

  /** Notifications that came to an end in this process, by how. */
  public Map<Outbox.Status, Long> notificationCounts() {
    return deliveries.counts();
  }

  /** Metrics that the store did not take. */
  public long metricsDropped() {
    return metrics.dropped();
  }

  /** Stops; what is open stays open for the next process. */
  @Override
  public void close() {
    timer.close();
    housekeeping.close();
    events.close();
    checks.close();
    viewers.ifPresent(Viewers::close);
    handover.ifPresent(ViewerHandover::close);
    // From here on, others watch.
    member.ifPresent(CopyMember::close);
    // Before the streams: evidence is taken from them.
    recorder.close();
    watch.close();
    incidents.close();
    duties.close();
    metrics.close();
    channels.close();
  }
}
