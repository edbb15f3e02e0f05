package io.aircheck.app.serve;

import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.StoreSettings;
import io.aircheck.app.serve.settings.TokenSettings;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.viewers.Join;
import io.aircheck.app.serve.viewers.KnownViewers;
import io.aircheck.app.serve.viewers.LeftViewers;
import io.aircheck.app.serve.viewers.Monitor;
import io.aircheck.app.serve.viewers.ReportPost;
import io.aircheck.app.serve.viewers.RolledViewers;
import io.aircheck.app.serve.viewers.SharedViewers;
import io.aircheck.app.serve.viewers.ViewerHandover;
import io.aircheck.app.serve.viewers.ViewerIntake;
import io.aircheck.app.serve.viewers.ViewerNumbers;
import io.aircheck.app.serve.viewers.ViewerPlaces;
import io.aircheck.app.serve.viewers.ViewerSurroundings;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.notify.ViewerReach;
import io.aircheck.storage.sql.PostgresRollupSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The half of the service that watches viewers: their reports are collected here, by one copy of
 * several, handed over to a job, or not taken at all; and what a job makes of them may be read.
 * Thread-safe.
 */
final class ViewerSide implements AutoCloseable {
  /** How often it is looked what viewers watch and nobody monitors. */
  private static final Duration VIEWED_INTERVAL = Duration.ofSeconds(1);

  private final ServiceSurroundings around;
  private final ViewerSurroundings viewing;
  private final ActiveSettings active;
  private final ViewerSettings settings;
  private final Monitor monitor;
  private final Optional<CopyMember> member;

  /** Empty: no reports are collected. */
  private final Optional<ViewerPlaces> places;

  /** Empty: this process is not the whole service, or nothing is made of reports. */
  private final Optional<Viewers> alone;

  /** Empty: this process is the whole service, or nothing is made of reports. */
  private final Optional<SharedViewers> shared;

  private final Optional<ViewerHandover> handover;

  /** Empty: what a job makes of reports is not read here. */
  private final Optional<RolledViewers> rolled;

  /** Empty: this process is not the whole service. */
  private final Optional<LeftViewers> left;

  /**
   * Starts what the settings ask for.
   *
   * @param monitor the other half, started before
   * @param member this process as one of several; empty: it is the whole service
   * @throws IOException when a folder or a database of places cannot be used
   */
  ViewerSide(
      ServiceSurroundings around,
      ActiveSettings active,
      Monitor monitor,
      Optional<CopyMember> member)
      throws IOException {
    this.around = around;
    this.viewing = new ViewerSurroundings(new Meter(), around.clock(), around.log());
    this.active = active;
    this.settings = active.now().settings().viewers();
    this.monitor = monitor;
    this.member = member;
    this.places =
        settings.makesOfThem() || settings.handsOver()
            ? Optional.of(new ViewerPlaces(settings, around.log()))
            : Optional.empty();
    this.alone =
        places.isPresent() && settings.makesOfThem() && member.isEmpty()
            ? Optional.of(open(places.get()))
            : Optional.empty();
    this.shared =
        places.isPresent() && settings.makesOfThem() && member.isPresent()
            ? Optional.of(share(places.get(), member.get()))
            : Optional.empty();
    this.handover =
        places.isPresent() && settings.handsOver()
            ? Optional.of(new ViewerHandover(settings, dataFolder(), places.get(), viewing))
            : Optional.empty();
    this.rolled = settings.readsJob() ? Optional.of(read()) : Optional.empty();
    places.ifPresent(ViewerPlaces::begin);
    this.left = member.isEmpty() ? Optional.of(left()) : Optional.empty();
  }

  private Path dataFolder() {
    return Viewers.beside(around.checksFolder());
  }

  /** Of copies, each would do it beside the one that has the viewers. */
  private LeftViewers left() {
    return new LeftViewers(
        settings, settings.folder().orElseGet(this::dataFolder), alone.isPresent(), viewing);
  }

  private Viewers open(ViewerPlaces addresses) throws IOException {
    return Viewers.start(
        settings,
        settings.folder().orElseGet(this::dataFolder),
        addresses,
        monitor,
        active.now().outbound(),
        viewing);
  }

  private RolledViewers read() {
    StoreSettings sums = settings.job().postgresql().orElseThrow();
    return new RolledViewers(
        settings,
        new PostgresRollupSource(sums.url(), sums.user(), sums.password()),
        settings.folder().orElseGet(this::dataFolder),
        monitor,
        around.clock(),
        around.log());
  }

  private SharedViewers share(ViewerPlaces addresses, CopyMember copy) {
    return new SharedViewers(
        settings,
        addresses,
        new SharedViewers.Opening() {
          @Override
          public void given() {
            // Nothing is over until what the copy before has kept was read.
            forEachCohort(monitor.incidents(), monitor.incidents()::paused);
          }

          @Override
          public Viewers open() throws IOException {
            return ViewerSide.this.open(addresses);
          }
        },
        copy::hasViewers,
        new ReportPost(copy::viewersElsewhere, this::token),
        around.clock(),
        around.log());
  }

  /** What this copy shows to others. */
  private Optional<String> token() {
    return active.now().settings().tokens().stream()
        .filter(one -> one.role() == Role.ADMIN)
        .map(TokenSettings::token)
        .findFirst();
  }

  /**
   * Nobody can tell any more what becomes of viewers whom incidents are about, if none collects.
   */
  void forgetViewers(Incidents incidents) {
    if (!settings.makesOfThem() && !settings.readsJob()) {
      forEachCohort(incidents, incidents::unwatched);
    }
  }

  private static void forEachCohort(Incidents incidents, Consumer<String> action) {
    incidents.active().stream()
        .map(Incident::stream)
        .filter(CohortKey::isOne)
        .distinct()
        .forEach(action);
  }

  /** Begins to look for what viewers watch and nobody monitors. */
  void begin(ServiceTimer timer) {
    if (settings.makesOfThem() || settings.readsJob()) {
      timer.every(
          VIEWED_INTERVAL,
          "streams that viewers watch could not be looked for",
          () -> known().ifPresent(KnownViewers::lookForUnmonitored));
    }
  }

  /** Whether something is made of reports, by whichever copy of the service. */
  boolean isKept() {
    return settings.makesOfThem();
  }

  /** Reports of viewers and what is known of them; empty: nothing is, here. */
  Optional<Viewers> viewers() {
    return shared.map(SharedViewers::viewers).orElse(alone);
  }

  /** What is known of all viewers together; empty: nothing is, here. */
  Optional<KnownViewers> known() {
    return viewers().<KnownViewers>map(some -> some).or(() -> rolled);
  }

  /** Viewers as a job sums them; empty: that is not read here. */
  Optional<RolledViewers> rolled() {
    return rolled;
  }

  /** The viewers as one of several copies has them; empty: there are none of that kind. */
  Optional<SharedViewers> shared() {
    return shared;
  }

  /** What takes reports of viewers; empty: they are not collected. */
  Optional<ViewerIntake> intake() {
    return alone.<ViewerIntake>map(some -> some).or(() -> shared).or(() -> handover);
  }

  /** What the other copies are told; empty: they are not counted here, or not yet. */
  Optional<ViewerNumbers> numbers() {
    return viewers().flatMap(some -> some.numbers(monitor.registry().list()));
  }

  /** What keeping what is known of viewers has used here since the start. */
  Usage usage() {
    return viewing.meter().usage();
  }

  /** What is known at hand, by what is counted here or by what another copy tells. */
  Optional<Join> join() {
    return known().<Join>map(some -> some).or(() -> member.flatMap(copy -> copy.fleet().viewers()));
  }

  /** Whether anything may be kept since earlier settings said so. */
  boolean keepsLeft() {
    return left.isPresent() && left.get().isAny();
  }

  /**
   * Erases a session from everything that is kept here.
   *
   * @return whether there was anything
   * @throws IOException when it cannot be erased everywhere, with what is to be done
   * @throws io.aircheck.core.store.StoreException likewise
   */
  boolean erase(String session) throws IOException {
    boolean known = viewers().isPresent() && viewers().get().erase(session);
    return (left.isPresent() && left.get().erase(session)) || known;
  }

  /** How many watch what streams show, by the id of the stream; where nothing is known, nobody. */
  Map<String, Long> of(Collection<WatchedStream> streams) {
    return join().map(some -> some.watching(streams)).orElse(Map.of());
  }

  /**
   * How many viewers an incident concerns now.
   *
   * @param streams those that it is about
   */
  ViewerReach reach(Incident incident, List<WatchedStream> streams) {
    Optional<Join> join = join();
    if (join.isEmpty()) {
      return ViewerReach.UNKNOWN;
    }
    OptionalLong watching =
        streams.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(
                join.get().watching(streams).values().stream().mapToLong(Long::longValue).sum());
    return new ViewerReach(join.get().hit(incident), watching);
  }

  /** Stops; everything that was acknowledged stays for the next start. */
  @Override
  public void close() {
    alone.ifPresent(Viewers::close);
    shared.ifPresent(SharedViewers::close);
    handover.ifPresent(ViewerHandover::close);
    rolled.ifPresent(RolledViewers::close);
    left.ifPresent(LeftViewers::close);
    places.ifPresent(ViewerPlaces::close);
  }
}
