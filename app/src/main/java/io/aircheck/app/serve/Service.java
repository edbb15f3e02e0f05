package io.aircheck.app.serve;

import io.aircheck.app.check.AnalysisDeployment;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.cost.Prices;
import io.aircheck.app.serve.access.Access;
import io.aircheck.app.serve.checks.CheckDesk;
import io.aircheck.app.serve.copies.Commons;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.events.EventHub;
import io.aircheck.app.serve.events.News;
import io.aircheck.app.serve.incidents.DeliveryRecord;
import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.incidents.Retention;
import io.aircheck.app.serve.settings.CopySettings;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.streams.MetricRecorder;
import io.aircheck.app.serve.streams.StreamProbe;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.StreamWatch;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.viewers.Join;
import io.aircheck.app.serve.viewers.KnownViewers;
import io.aircheck.app.serve.viewers.Monitor;
import io.aircheck.app.serve.viewers.RolledViewers;
import io.aircheck.app.serve.viewers.SharedViewers;
import io.aircheck.app.serve.viewers.ViewerIntake;
import io.aircheck.app.serve.viewers.ViewerNumbers;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.ViewerReach;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.ServiceStore;
import java.io.IOException;
import java.time.Duration;
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

  private final ServiceSurroundings around;
  private final EventHub events = new EventHub();
  private final News news = new News(events);
  private final ActiveSettings active;
  private final ServiceTimer timer;
  private final Recipients recipients;

  /** Empty: this process is the whole service. */
  private final Optional<CopyMember> member;

  private final Incidents incidents;
  private final Duties duties;
  private final MetricRecorder metrics;
  private final Streams streams;
  private final StreamEvidence evidence;
  private final StreamProbe probe;
  private final CheckDesk checks;
  private final ViewerSide viewers;
  private final Readiness readiness;
  private final Housekeeping housekeeping;

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
    this.recipients = new Recipients(around, active);
    StreamBook book = new StreamBook(around, active);
    this.member =
        others.map(
            commons ->
                new CopyMember(
                    settings.copies().orElse(CopySettings.DEFAULT),
                    commons,
                    store.incidents(),
                    around.detectors(),
                    book,
                    recipients::routing,
                    around.clock()::millis,
                    new CopyHost(this, news, around.log())));
    this.incidents =
        member
            .map(CopyMember::incidents)
            .orElseGet(
                () ->
                    new IncidentDesk(
                        store.incidents(),
                        book,
                        recipients::routing,
                        around.clock()::millis,
                        this::incidentsChanged));
    this.duties =
        new Duties(
            store.outbox(),
            this::notifier,
            new DeliveryRecord(incidents, news::notification, around.log()),
            () -> member.map(CopyMember::leadsForCertain).orElse(true),
            new Retention(store.incidents(), around.evidence()));
    this.metrics =
        new MetricRecorder(
            store.metrics(),
            settings.history().secondsFor(),
            settings.history().minutesFor(),
            around.clock()::millis,
            duties::isOnDuty);
    StreamWatch watch =
        new StreamWatch(
            around.watching(settings.isolation()),
            around.foldIds(),
            active,
            metrics,
            around.clock()::millis,
            settings.evidence().atHand(),
            this::viewersOf,
            settings.capacity().share(),
            new WatchListener(incidents, news, around.log()));
    this.streams = new Streams(around, active, book, member, watch, timer, news);
    this.evidence = new StreamEvidence(around, active, member, watch, metrics, news);
    AnalysisDeployment analyses = around.analyses(settings.isolation());
    this.probe = new StreamProbe(analyses, around.tasks().sources(), active);
    this.checks =
        new CheckDesk(
            new CheckDesk.Surroundings(
                around.detectors(), around.foldIds(), analyses, active, member.isEmpty()),
            store.documents(),
            around.checksFolder(),
            this::policies,
            check -> news.check(check.id()));
    StreamRegistry registry = book.registry();
    registry.problems().forEach(around.log());
    incidents.start(registry.list().stream().map(WatchedStream::id).collect(Collectors.toSet()));
    this.viewers =
        new ViewerSide(
            around,
            active,
            new Monitor(
                registry,
                streams.changes(),
                incidents,
                store.incidents(),
                streams::status,
                around.evidence(),
                around.workFolder()),
            member);
    this.readiness =
        new Readiness(store, registry, incidents, member, viewers.intake(), viewers.rolled());
    this.housekeeping = new Housekeeping(around, active, recipients.mutes(), duties);
    if (member.isEmpty()) {
      duties.begin();
      streams.apply();
      viewers.forgetViewers(incidents);
    }
    timer.every(
        NEWS_INTERVAL,
        "changes could not be told",
        () -> news.tellStreams(id -> registry.find(id).isPresent()));
    streams.begin();
    viewers.begin(timer);
    housekeeping.begin();
  }

  /** What delivers to a channel, and tells how many viewers an incident concerns as well. */
  private Optional<Notifier> notifier(String channel) {
    return recipients.notifier(channel).map(notifier -> new ReachNotifier(notifier, this::reach));
  }

  private ViewerReach reach(Incident incident) {
    return viewers.reach(incident, streams.of(incident));
  }

  /** How many watch what streams show; asked once reports can be collected. */
  private Map<String, Long> viewersOf(List<WatchedStream> streams) {
    return viewers.of(streams);
  }

  /**
   * Goes by other settings from now on; streams and channels that have not changed are not
   * disturbed. Where it listens and where it keeps things stays as it is until it is started again.
   *
   * @throws SettingsException when they cannot be used; nothing has changed then
   */
  public void reload(ServiceSettings settings) throws SettingsException {
    ActiveSettings.Version next = active.prepare(settings);
    recipients.apply(settings);
    active.use(next);
    streams.settingsChanged();
    duties.wake();
  }

  void incidentsChanged(List<IncidentChange> changes) {
    duties.wake();
    evidence.changed(changes);
    changes.forEach(news::incident);
  }

  /** The settings as they are now, with what is secret in them. */
  public ServiceSettings settings() {
    return active.now().settings();
  }

  /** Policies by name. */
  public PolicyBook policies() {
    return active.now().policies();
  }

  /** What is used costs. */
  public Prices prices() {
    return active.now().prices();
  }

  /** Who may do what. */
  public Access access() {
    return active.now().access();
  }

  /** Where users may lead the service to. */
  public AddressRule addresses() {
    return active;
  }

  /** The streams. */
  public Streams streams() {
    return streams;
  }

  /** The incidents. */
  public Incidents incidents() {
    return incidents;
  }

  /** Who is told of them. */
  public Recipients recipients() {
    return recipients;
  }

  /** What one process does for the whole service. */
  public Duties duties() {
    return duties;
  }

  /** This process as one of several; empty: it is the whole service. */
  public Optional<CopyMember> member() {
    return member;
  }

  /** Metrics over time, up to now. */
  public MetricRecorder metrics() {
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

  /** Looks at addresses before they are watched. */
  public StreamProbe probe() {
    return probe;
  }

  /** Checks of finite inputs. */
  public CheckDesk checks() {
    return checks;
  }

  /** Everything that changes. */
  public EventHub events() {
    return events;
  }

  /** What takes reports of viewers; empty: they are not collected. */
  public Optional<ViewerIntake> viewerIntake() {
    return viewers.intake();
  }

  /** Whether anything may be kept here of viewers since earlier settings said so. */
  public boolean keepsLeftViewers() {
    return viewers.keepsLeft();
  }

  /**
   * Erases a session of a viewer from everything that is kept here.
   *
   * @return whether there was anything
   * @throws IOException when it cannot be erased everywhere, with what is to be done
   * @throws io.aircheck.core.store.StoreException likewise
   */
  public boolean eraseViewer(String session) throws IOException {
    return viewers.erase(session);
  }

  /**
   * Reports of viewers and what is known of them; empty: nothing is, here, or another copy has it.
   */
  public Optional<Viewers> viewers() {
    return viewers.viewers();
  }

  /** What is known here of all viewers together; empty: nothing is, or another copy has it. */
  public Optional<KnownViewers> knownViewers() {
    return viewers.known();
  }

  /** Viewers as a job sums them; empty: that is not read here. */
  public Optional<RolledViewers> rolledViewers() {
    return viewers.rolled();
  }

  /** Whether something is made of reports of viewers, by whichever copy of the service. */
  public boolean keepsViewers() {
    return viewers.isKept();
  }

  /** The viewers as one of several copies has them; empty: there are none of that kind. */
  public Optional<SharedViewers> sharedViewers() {
    return viewers.shared();
  }

  /** What is known at hand of the viewers of streams and incidents; empty: nothing is. */
  public Optional<Join> join() {
    return viewers.join();
  }

  /** What is known here of viewers, for the other copies; empty: nothing is, or not yet. */
  Optional<ViewerNumbers> viewerNumbers() {
    return viewers.numbers();
  }

  /**
   * What keeping what is known of viewers has used: since the start, or of several copies that are
   * alive since theirs.
   */
  public Usage viewerUsage() {
    return member.map(copy -> copy.fleet().viewerUsage()).orElseGet(this::viewerUsageHere);
  }

  /** What this process has used of it. */
  public Usage viewerUsageHere() {
    return viewers.usage();
  }

  /** Whether the service can do its work. */
  public Readiness readiness() {
    return readiness;
  }

  /** Stops; what is open stays open for the next process. */
  @Override
  public void close() {
    timer.close();
    housekeeping.close();
    events.close();
    checks.close();
    viewers.close();
    // From here on, others watch.
    member.ifPresent(CopyMember::close);
    // Before the streams: evidence is taken from them.
    evidence.close();
    streams.close();
    incidents.close();
    duties.close();
    metrics.close();
    recipients.close();
  }
}
