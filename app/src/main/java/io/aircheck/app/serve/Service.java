package io.aircheck.app.serve;

import io.aircheck.app.config.Secrets;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.access.Access;
import io.aircheck.app.serve.channels.Channel;
import io.aircheck.app.serve.channels.ChannelBook;
import io.aircheck.app.serve.checks.CheckDesk;
import io.aircheck.app.serve.events.EventHub;
import io.aircheck.app.serve.events.News;
import io.aircheck.app.serve.evidence.EvidenceRecorder;
import io.aircheck.app.serve.incidents.DeliveryRecord;
import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.Retention;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.app.serve.mutes.MuteRegistry;
import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.streams.ClusterDesk;
import io.aircheck.app.serve.streams.GuardedSources;
import io.aircheck.app.serve.streams.MetricRecorder;
import io.aircheck.app.serve.streams.StreamProbe;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.StreamWatch;
import io.aircheck.app.serve.streams.WatchDeployment;
import io.aircheck.app.serve.streams.WatchPlan;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.MetricReader;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.notify.dispatch.DispatchPolicy;
import io.aircheck.notify.dispatch.Dispatcher;
import io.aircheck.storage.files.DiskEvidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /**
   * What is installed, and where things are kept.
   *
   * @param workFolder for files in the making, on the same disk as the evidence
   * @param checksFolder for what is uploaded to be checked, and reports
   * @param log told one line about what an operator of the service should know
   */
  public record Surroundings(
      DetectorCatalog detectors,
      List<ObservationFold<?>> folds,
      StreamTask.Surroundings tasks,
      NotifierCatalog channelTypes,
      ServiceStore store,
      EvidenceStore evidence,
      Path workFolder,
      Path checksFolder,
      Map<String, String> environment,
      Consumer<String> log) {

    /**
     * Everything on the class path, kept below one folder, without variables of the environment.
     *
     * @param maxEvidenceBytes evidence that is kept at most
     */
    public static Surroundings installed(
        ServiceStore store, Path folder, long maxEvidenceBytes, Consumer<String> log)
        throws IOException {
      return new Surroundings(
          DetectorCatalog.installed(),
          InProcessDeployment.installedFolds(),
          StreamTask.Surroundings.installed(),
          NotifierCatalog.installed(),
          store,
          new DiskEvidence(folder.resolve("evidence"), maxEvidenceBytes),
          folder.resolve("work"),
          folder.resolve("checks"),
          Map.of(),
          log);
    }
  }

  private final Surroundings around;
  private final EventHub events = new EventHub();
  private final News news = new News(events);
  private final ChannelBook channels;
  private final MetricRecorder metrics;
  private final StreamRegistry registry;
  private final MuteRegistry mutes;
  private final StreamWatch watch;
  private final IncidentDesk desk;
  private final DeliveryRecord deliveries;
  private final Dispatcher dispatcher;
  private final EvidenceRecorder recorder;
  private final Retention retention;
  private final StreamProbe probe;
  private final CheckDesk checks;
  private final ServiceTimer timer;

  /** Of its own: a bucket that is away keeps it for minutes, and news must not wait for that. */
  private final ServiceTimer housekeeping;

  private final ActiveSettings active;
  private final StreamFacts facts;

  /**
   * Starts: takes up where the last process stopped, and watches.
   *
   * @param settings checked ones
   * @throws IOException when a folder cannot be used
   * @throws SettingsException when the settings cannot be used after all
   */
  public Service(ServiceSettings settings, Surroundings around)
      throws IOException, SettingsException {
    this.around = around;
    ServiceStore store = around.store();
    this.active = new ActiveSettings(around.detectors(), settings);
    this.timer = new ServiceTimer("aircheck-timer", around.log());
    this.housekeeping = new ServiceTimer("aircheck-housekeeping", around.log());
    MediaSources guarded = new GuardedSources(around.tasks().sources(), active);
    this.channels = new ChannelBook(around.channelTypes());
    channels.apply(settings);
    this.metrics =
        new MetricRecorder(
            store.metrics(),
            settings.history().secondsFor(),
            settings.history().minutesFor(),
            System::currentTimeMillis);
    this.registry =
        new StreamRegistry(
            store.documents(),
            new SettingsCheck(around.detectors(), around.channelTypes()),
            Secrets.ofApi(around.environment()),
            active.now().declared());
    this.facts = new StreamFacts(registry, active);
    this.mutes = new MuteRegistry(store.documents(), InstantSource.system());
    this.desk =
        new IncidentDesk(
            store.incidents(),
            facts,
            this::routing,
            System::currentTimeMillis,
            this::incidentsChanged);
    this.deliveries = new DeliveryRecord(desk, news::notification, around.log());
    this.dispatcher =
        new Dispatcher(
            store.outbox(),
            name -> channels.find(name).map(Channel::notifier),
            DispatchPolicy.DEFAULT,
            deliveries);
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
            System::currentTimeMillis,
            settings.evidence().clipBefore().plus(settings.evidence().clipAfter()).plus(KEY_FRAMES),
            limitCores(settings),
            new WatchListener());
    this.recorder =
        new EvidenceRecorder(
            around.evidence(),
            metrics,
            new EvidenceRecorder.Material(
                watch.footage()::stills,
                watch.footage()::startMillis,
                watch::lastWords,
                this::clip,
                watch.footage()::exchanges),
            settings.evidence().clipAfter(),
            around.workFolder(),
            news::evidence,
            (id, e) ->
                around.log().accept("evidence of " + id + " could not be kept: " + e.getMessage()));
    this.retention = new Retention(store.incidents(), around.evidence());
    this.probe = new StreamProbe(guarded);
    this.checks =
        new CheckDesk(
            new CheckDesk.Surroundings(
                around.detectors(), around.folds(), guarded, around.tasks().sources()),
            store.documents(),
            around.checksFolder(),
            () -> active.now().policies(),
            check -> news.check(check.id()));
    registry.problems().forEach(around.log());
    facts.remember();
    desk.start(registry.list().stream().map(WatchedStream::id).collect(Collectors.toSet()));
    dispatcher.start();
    applyStreams();
    timer.every(
        NEWS_INTERVAL,
        "changes could not be told",
        () -> news.tellStreams(id -> registry.find(id).isPresent()));
    timer.every(
        CAPACITY_INTERVAL, "the use of the machine could not be measured", watch::rebalance);
    housekeeping.every(
        HOUSEKEEPING_INTERVAL, "old incidents could not be removed", this::keepHouse);
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
    applyStreams();
    dispatcher.wake();
  }

  private static double limitCores(ServiceSettings settings) {
    return settings.capacity().share() * Runtime.getRuntime().availableProcessors();
  }

  /** Watches what the registry holds now, as far as its schedule says so. */
  public synchronized void applyStreams() {
    facts.remember();
    List<WatchedStream> streams = registry.list();
    WatchPlan plan = WatchPlan.at(Instant.now(), streams);
    watch.update(plan.due(), active.now().policies());
    streams.forEach(stream -> news.stream(stream.id()));
    timer.at(
        plan.nextChange(), "streams could not be started by their schedule", this::applyStreams);
  }

  private void incidentsChanged(List<IncidentChange> changes) {
    dispatcher.wake();
    recorder.changed(changes);
    changes.forEach(news::incident);
  }

  private boolean clip(String stream, @Nullable String rendition, long atMillis, Path file)
      throws IOException {
    ServiceSettings.Evidence evidence = active.now().settings().evidence();
    return watch
        .footage()
        .clip(
            stream,
            rendition,
            atMillis - evidence.clipBefore().toMillis(),
            atMillis + evidence.clipAfter().toMillis(),
            file);
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
          System.currentTimeMillis() - active.now().settings().history().incidentsFor().toMillis();
      retention.forgetBefore(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What is wrong with the service itself, a line each. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(registry.problems());
    desk.problem().or(this::storeProblem).ifPresent(problems::add);
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

  /** The streams. */
  public StreamRegistry registry() {
    return registry;
  }

  /** How the streams are. */
  public StreamWatch watch() {
    return watch;
  }

  /** The incidents. */
  public IncidentDesk desk() {
    return desk;
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

  /** Sends notifications. */
  public Dispatcher dispatcher() {
    return dispatcher;
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
    // Before the streams: evidence is taken from them.
    recorder.close();
    watch.close();
    desk.close();
    dispatcher.close();
    metrics.close();
    channels.close();
  }

  private final class WatchListener implements StreamWatch.Listener {
    @Override
    public void rewatching(String stream) {
      desk.rewatched(stream);
    }

    @Override
    public void pausing(String stream) {
      desk.paused(stream);
    }

    @Override
    public void unwatched(String stream) {
      desk.unwatched(stream);
      news.stream(stream);
    }

    @Override
    public void observed(StreamObservation observation) {
      desk.observed(observation);
    }

    @Override
    public void changed(String stream) {
      news.stream(stream);
    }

    @Override
    public void mishap(String line) {
      around.log().accept(line);
    }
  }
}
