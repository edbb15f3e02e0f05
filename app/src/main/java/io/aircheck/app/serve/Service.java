package io.aircheck.app.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.checks.Check;
import io.aircheck.app.serve.checks.CheckDesk;
import io.aircheck.app.serve.events.EventHub;
import io.aircheck.app.serve.evidence.EvidenceRecorder;
import io.aircheck.app.serve.http.Access;
import io.aircheck.app.serve.http.NotificationJson;
import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.Secrets;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.SettingsCheck;
import io.aircheck.app.serve.settings.SettingsException;
import io.aircheck.app.serve.streams.MetricRecorder;
import io.aircheck.app.serve.streams.StreamProbe;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.StreamWatch;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import io.aircheck.core.task.StreamTask;
import io.aircheck.notify.dispatch.DispatchListener;
import io.aircheck.notify.dispatch.DispatchPolicy;
import io.aircheck.notify.dispatch.Dispatcher;
import io.aircheck.notify.json.IncidentJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

  /** A place to tell people or systems. */
  public record Channel(String type, Notifier notifier) {}

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
      Consumer<String> log) {}

  private final Surroundings around;
  private final EventHub events = new EventHub();
  private final MetricRecorder metrics;
  private final StreamRegistry registry;
  private final StreamWatch watch;
  private final IncidentDesk desk;
  private final Dispatcher dispatcher;
  private final EvidenceRecorder recorder;
  private final StreamProbe probe;
  private final CheckDesk checks;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-timer").factory());

  /** Streams that have changed since the last news. */
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  private final Map<Outbox.Status, Long> settled = new EnumMap<>(Outbox.Status.class);

  /** Policies of streams that are gone are still needed while their incidents close. */
  private final Map<String, IncidentPolicy> incidentPolicies = new ConcurrentHashMap<>();

  private volatile Current current;

  /** What follows from the settings, as they are now. */
  private record Current(
      ServiceSettings settings,
      PolicyBook policies,
      Routing routing,
      Access access,
      Map<String, Channel> channels) {}

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
    this.current = current(settings, Map.of());
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
            current.policies(),
            outbound(settings));
    registry.declare(settings.streams(), current.policies(), outbound(settings));
    this.dispatcher =
        new Dispatcher(
            store.outbox(), this::notifier, DispatchPolicy.DEFAULT, new OutboxListener());
    this.desk =
        new IncidentDesk(
            store.incidents(),
            new DeskStreams(),
            this::routing,
            System::currentTimeMillis,
            this::incidentsChanged);
    this.watch =
        new StreamWatch(
            around.detectors(),
            around.folds(),
            around.tasks(),
            metrics,
            System::currentTimeMillis,
            settings.evidence().clipBefore().plus(settings.evidence().clipAfter()).plus(KEY_FRAMES),
            new WatchListener());
    this.recorder =
        new EvidenceRecorder(
            around.evidence(),
            store.metrics(),
            watch::stills,
            this::clip,
            settings.evidence().clipAfter(),
            around.workFolder(),
            id -> desk.find(id).ifPresent(incident -> publish("evidence", incident)),
            (id, e) ->
                around.log().accept("evidence of " + id + " could not be kept: " + e.getMessage()));
    this.probe = new StreamProbe(around.tasks().sources());
    this.checks =
        new CheckDesk(
            new CheckDesk.Surroundings(
                around.detectors(), around.folds(), around.tasks().sources()),
            store.documents(),
            around.checksFolder(),
            () -> current.policies(),
            this::checkChanged);
    registry.problems().forEach(around.log());
    rememberPolicies();
    desk.start(registry.list().stream().map(WatchedStream::id).collect(Collectors.toSet()));
    dispatcher.start();
    applyStreams();
    timer.scheduleWithFixedDelay(
        this::tellNews, NEWS_INTERVAL.toMillis(), NEWS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(
        this::keepHouse, 0, HOUSEKEEPING_INTERVAL.toSeconds(), TimeUnit.SECONDS);
  }

  private Current current(ServiceSettings settings, Map<String, Channel> before)
      throws SettingsException {
    Map<String, Channel> channels = new LinkedHashMap<>();
    OutboundPolicy outbound = outbound(settings);
    settings
        .channels()
        .forEach(
            (name, declared) ->
                channels.put(
                    name,
                    new Channel(
                        declared.type(),
                        around
                            .channelTypes()
                            .create(declared.type(), declared.values(), outbound))));
    before.values().forEach(channel -> channel.notifier().close());
    return new Current(
        settings,
        PolicyBook.of(settings.policies(), around.detectors()),
        new Routing(settings.routes(), settings.mutes()),
        new Access(settings.tokens()),
        channels);
  }

  /** Where streams and channels may connect to. */
  private static OutboundPolicy outbound(ServiceSettings settings) throws SettingsException {
    ServiceSettings.Outbound outbound = settings.outbound();
    boolean loopback = SettingsCheck.isLoopback(settings.server().address());
    Set<String> schemes =
        outbound.schemes().isEmpty()
            ? Set.of(
                "http", "https", "srt", "udp", "rtp", "rtmp", "rtmps", "rtsp", "smtp", "tcp",
                "file")
            : Set.copyOf(outbound.schemes());
    return new OutboundPolicy(
        schemes, outbound.privateNetworks().orElse(loopback), outbound.files());
  }

  /**
   * Goes by other settings from now on; streams that have not changed are not disturbed. Where it
   * listens and where it keeps things stays as it is until it is started again.
   *
   * @throws SettingsException when they cannot be used; nothing has changed then
   */
  public void reload(ServiceSettings settings) throws SettingsException {
    current = current(settings, current.channels());
    registry.declare(settings.streams(), current.policies(), outbound(settings));
    registry.problems().forEach(around.log());
    applyStreams();
    dispatcher.wake();
  }

  /** Watches what the registry holds now, as far as its schedule says so. */
  public synchronized void applyStreams() {
    rememberPolicies();
    Instant now = Instant.now();
    List<WatchedStream> due = new ArrayList<>();
    Optional<Instant> next = Optional.empty();
    for (WatchedStream stream : registry.list()) {
      boolean watched =
          stream.settings().schedule().map(schedule -> schedule.contains(now)).orElse(true);
      if (watched) {
        due.add(stream);
      }
      Optional<Instant> change =
          stream.settings().schedule().flatMap(schedule -> schedule.nextChange(now));
      if (change.isPresent() && (next.isEmpty() || change.get().isBefore(next.get()))) {
        next = change;
      }
      changed.add(stream.id());
    }
    watch.update(due, current.policies());
    next.ifPresent(
        at ->
            timer.schedule(
                this::applyStreams,
                Math.max(1, Duration.between(Instant.now(), at).toMillis()),
                TimeUnit.MILLISECONDS));
  }

  private void rememberPolicies() {
    for (WatchedStream stream : registry.list()) {
      current
          .policies()
          .find(stream.settings().policy())
          .ifPresent(policy -> incidentPolicies.put(stream.id(), policy.incidents()));
    }
  }

  private Optional<Notifier> notifier(String channel) {
    return Optional.ofNullable(current.channels().get(channel)).map(Channel::notifier);
  }

  private void incidentsChanged(List<IncidentChange> changes) {
    dispatcher.wake();
    recorder.changed(changes);
    for (IncidentChange change : changes) {
      events.publish("incident", IncidentJson.of(change).toString());
      changed.add(change.incident().stream());
    }
  }

  private boolean clip(String stream, @Nullable String rendition, long atMillis, Path file)
      throws IOException {
    ServiceSettings.Evidence evidence = current.settings().evidence();
    return watch.clip(
        stream,
        rendition,
        atMillis - evidence.clipBefore().toMillis(),
        atMillis + evidence.clipAfter().toMillis(),
        file);
  }

  private void publish(String name, Incident incident) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("incident", incident.id());
    events.publish(name, json.toString());
  }

  private void checkChanged(Check check) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", check.id());
    events.publish("check", json.toString());
  }

  /**
   * Refuses an address that is not allowed.
   *
   * @throws SettingsException with what to do
   */
  public void checkAddress(String url) throws SettingsException {
    try {
      outbound(current.settings()).check(url);
    } catch (OutboundPolicy.DeniedException e) {
      throw new SettingsException("/url", String.valueOf(e.getMessage()));
    }
  }

  private void tellNews() {
    for (String stream : List.copyOf(changed)) {
      changed.remove(stream);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", stream);
      events.publish(
          registry.find(stream).isPresent() ? "stream" : "stream-removed", json.toString());
    }
  }

  private void keepHouse() {
    try {
      long before =
          System.currentTimeMillis() - current.settings().history().incidentsFor().toMillis();
      for (String incident : around.store().incidents().forgetBefore(before)) {
        around.evidence().remove(incident);
      }
    } catch (StoreException | IOException e) {
      around.log().accept("old incidents could not be removed: " + e.getMessage());
    }
  }

  /** What is wrong with the service itself, a line each. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(registry.problems());
    desk.problem().ifPresent(problems::add);
    return problems;
  }

  /** The settings as they are now, with what is secret in them. */
  public ServiceSettings settings() {
    return current.settings();
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

  /** Who is told of what. */
  public Routing routing() {
    return current.routing();
  }

  /** Policies by name. */
  public PolicyBook policies() {
    return current.policies();
  }

  /** Checks of finite inputs. */
  public CheckDesk checks() {
    return checks;
  }

  /** Who may do what. */
  public Access access() {
    return current.access();
  }

  /** Channels by name. */
  public Map<String, Channel> channels() {
    return current.channels();
  }

  /** Notifications that came to an end in this process, by how. */
  public Map<Outbox.Status, Long> notificationCounts() {
    synchronized (settled) {
      return Map.copyOf(settled);
    }
  }

  /** Metrics that the store did not take. */
  public long metricsDropped() {
    return metrics.dropped();
  }

  /** Stops; what is open stays open for the next process. */
  @Override
  public void close() {
    timer.shutdownNow();
    events.close();
    checks.close();
    watch.close();
    recorder.close();
    desk.close();
    dispatcher.close();
    metrics.close();
    current.channels().values().forEach(channel -> channel.notifier().close());
  }

  private final class DeskStreams implements IncidentDesk.Streams {
    @Override
    public IncidentPolicy policy(String stream) {
      return incidentPolicies.getOrDefault(stream, IncidentPolicy.DEFAULT);
    }

    @Override
    public Map<String, String> labels(String stream) {
      return registry.find(stream).map(found -> found.settings().labels()).orElse(Map.of());
    }
  }

  private final class WatchListener implements StreamWatch.Listener {
    @Override
    public void rewatching(String stream) {
      desk.rewatched(stream);
    }

    @Override
    public void unwatched(String stream) {
      desk.unwatched(stream);
      changed.add(stream);
    }

    @Override
    public void observed(StreamObservation observation) {
      desk.observed(observation);
    }

    @Override
    public void changed(String stream) {
      changed.add(stream);
    }
  }

  private final class OutboxListener implements DispatchListener {
    @Override
    public void attempted(Outbox.Entry entry, boolean recordsAnswer) {
      if (entry.status() != Outbox.Status.PENDING) {
        synchronized (settled) {
          settled.merge(entry.status(), 1L, Long::sum);
        }
        if (recordsAnswer) {
          recordRemedy(entry);
        }
      }
      events.publish("notification", NotificationJson.of(entry).toString());
    }

    @Override
    public void storeFailed(StoreException failure) {
      around.log().accept("notifications are delayed: " + failure.getMessage());
    }

    /** What a remedy did is part of the story of its incident. */
    private void recordRemedy(Outbox.Entry entry) {
      String outcome = entry.status() == Outbox.Status.DELIVERED ? "answered" : "failed";
      desk.find(entry.notification().change().incident().id())
          .ifPresent(
              incident ->
                  desk.command(
                      incident,
                      IncidentInput.Commanded.Command.NOTE,
                      "remedy " + entry.notification().channel(),
                      outcome + ": " + entry.answer()));
    }
  }
}
