package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.app.serve.settings.CopySettings;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.Share;
import io.aircheck.core.copies.StatusBoard;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.StoreException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * This process as one of the copies of a service: it shows that it is alive, watches what is
 * assigned to it, says how that is doing, and leads the others when nobody else does. Thread-safe.
 *
 * <p>How it works: one thread renews the lease of the copy and of the lead and does nothing else,
 * since stopping a stream may take a while. Another one looks at what the copies have in common,
 * and acts on it. What is stored in the name of a share or of the lead is fenced where it is
 * stored, so neither has to be stopped in time.
 */
public final class CopyMember implements AutoCloseable {
  /** Looks within a lease. */
  private static final int LOOKS = 6;

  private static final long LONGEST_LOOK_MILLIS = 1_000;

  /**
   * The lead as it was last asked for.
   *
   * @param term in which this one has it; empty: another one has it
   * @param untilNanos until then it is nobody else's for certain, if it is this one's
   */
  private record Lead(OptionalLong term, long untilNanos) {}

  private final CopySettings settings;
  private final Commons commons;
  private final Host host;
  private final List<String> kinds;
  private final InputSender sender;
  private final SharedIncidents incidents;
  private final ChangeFeed feed;
  private final Fleet fleet = new Fleet();
  private final Contact contact;
  private final Gaps gaps;
  private final StatusPosts posts;
  private final UsePosts usePosts;
  private final LeaderSeat seat;
  private final ScheduledExecutorService heartbeat = thread("aircheck-lease");
  private final ScheduledExecutorService worker = thread("aircheck-copy");

  private volatile Optional<URI> address = Optional.empty();
  private volatile Lead lead = new Lead(OptionalLong.empty(), System.nanoTime());
  private volatile boolean draining;

  /** Streams or mutes were changed here, which the others do not know yet. */
  private volatile boolean unannounced;

  private volatile Holdings holdings = Holdings.NONE;

  /** Until then the lease runs for certain; it may run for longer. */
  private volatile long leasedNanos = System.nanoTime();

  /** Streams that were to be watched at the last look, by whichever copy. */
  private volatile Set<String> due = Set.of();

  /** The fields below are the worker's. */
  private List<WatchedStream> watched = List.of();

  private boolean watchAgain;
  private long seenChanges;
  private long newsMillis;
  private Set<String> otherVersions = Set.of();

  /**
   * @param catalog detectors that there are, of which it runs those that the settings name
   * @param facts what incidents want to know of streams
   * @param routing who is told of incidents
   * @param clock wall-clock milliseconds since the epoch
   * @throws StoreException when what the copies have in common is not there
   */
  public CopyMember(
      CopySettings settings,
      Commons commons,
      IncidentStore store,
      DetectorCatalog catalog,
      IncidentDesk.Streams facts,
      Supplier<Routing> routing,
      LongSupplier clock,
      Host host) {
    this.settings = settings;
    this.commons = commons;
    this.kinds = kinds(settings, catalog);
    this.host = host;
    this.contact = new Contact(settings.lease());
    this.gaps = new Gaps(fleet, host::log);
    this.posts = new StatusPosts(host);
    this.usePosts = new UsePosts(host, commons.id());
    this.sender = new InputSender(commons.exchange(), commons.id());
    this.incidents = new SharedIncidents(store, commons.exchange(), sender, commons.id(), clock);
    this.feed =
        new ChangeFeed(
            commons.exchange(),
            changes -> {
              incidents.changed(changes);
              host.incidentsChanged(changes);
            });
    this.seat =
        new LeaderSeat(
            new LeaderSeat.Work(store, facts, routing, clock, settings.lease()),
            commons,
            sender,
            fleet,
            contact,
            host);
    incidents.load();
  }

  /**
   * What it runs: what it is told to, and what belongs to every watching. A stream that several
   * copies divide is told to be away by one of them, whichever detectors they were given.
   */
  private static List<String> kinds(CopySettings settings, DetectorCatalog catalog) {
    Stream<String> told =
        catalog.choose(settings.detectors(), Map.of()).stream().map(DetectorChoice::kind);
    Stream<String> always =
        catalog.factories().stream()
            .filter(DetectorFactory::belongsToEveryWatching)
            .map(DetectorFactory::kind);
    return Stream.concat(told, always).distinct().sorted().toList();
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Joins the others.
   *
   * @param here where they reach this one
   * @throws StoreException when the directory does not answer
   */
  public void join(URI here) {
    address = Optional.of(here);
    commons.directory().join(self(), settings.lease());
    feed.start();
    long interval = Math.min(LONGEST_LOOK_MILLIS, settings.lease().toMillis() / LOOKS);
    heartbeat.scheduleWithFixedDelay(this::beat, 0, interval, TimeUnit.MILLISECONDS);
    worker.scheduleWithFixedDelay(this::work, 0, interval, TimeUnit.MILLISECONDS);
  }

  private Copy self() {
    double capacity = settings.role() == Copy.Role.API ? 0 : host.capacity();
    return new Copy(
        id(),
        address.map(URI::toString).orElse(""),
        settings.role(),
        commons.version(),
        kinds,
        settings.labels(),
        capacity);
  }

  private void beat() {
    try {
      long askedNanos = System.nanoTime();
      if (commons.directory().renew(id(), settings.lease())) {
        leasedNanos = askedNanos + settings.lease().toNanos();
      } else {
        contact.lost();
        commons.directory().join(self(), settings.lease());
        if (draining) {
          commons.directory().drain(id());
        }
      }
      long leadAskedNanos = System.nanoTime();
      OptionalLong term = commons.directory().lead(id(), settings.lease());
      lead = new Lead(term, leadAskedNanos + settings.lease().toNanos());
      contact.made();
    } catch (StoreException e) {
      contact.lost(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      host.log("the lease of this copy could not be renewed: " + e);
    }
  }

  private void work() {
    try {
      look();
      take();
      posts.post(commons.board(), holdings);
      usePosts.post(commons.board(), holdings.streams(), this::watches);
      seat.look(lead.term());
    } catch (StoreException e) {
      contact.lost(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      host.log("this copy could not do its work: " + e);
    }
  }

  private void look() {
    if (unannounced) {
      announce();
    }
    long changes = commons.directory().changes();
    if (changes != seenChanges) {
      host.reload();
      // Not before: what the database did not give is asked for again.
      seenChanges = changes;
    }
    List<Member> members = commons.directory().members();
    List<Assignment> assignments = commons.directory().assignments();
    StatusBoard.News news = commons.board().since(newsMillis);
    newsMillis = news.atMillis();
    fleet
        .update(members, assignments, commons.directory().leader(), news.statuses())
        .forEach(host::streamChanged);
    fleet.update(commons.board().uses());
    Set<String> others =
        members.stream()
            .filter(member -> member.alive() && !member.copy().version().equals(commons.version()))
            .map(member -> member.copy().id() + " has " + member.copy().version())
            .collect(Collectors.toSet());
    others.stream()
        .filter(other -> !otherVersions.contains(other))
        .forEach(
            other ->
                host.log(
                    "copies of several versions: " + other + ", this one " + commons.version()));
    otherVersions = others;
  }

  private void announce() {
    // Not after: what is changed while it announces is to be announced, too.
    unannounced = false;
    try {
      commons.directory().announceChange();
    } catch (RuntimeException e) {
      unannounced = true;
      throw e;
    }
  }

  /** Watches what is assigned, and nothing else. */
  private void take() {
    Holdings before = holdings;
    Holdings now = Holdings.of(id(), fleet.assignments());
    incidents.hold(now);
    holdings = now;
    List<String> again = new ArrayList<>();
    for (String stream : now.streams()) {
      if (!now.of(stream).equals(before.of(stream))) {
        incidents.rewatched(stream);
        // It was away in between: its tasks must say anew what they have found.
        if (before.of(stream).isPresent()) {
          again.add(stream);
        }
      }
    }
    Map<String, WatchedStream> streams =
        host.due().stream().collect(Collectors.toMap(WatchedStream::id, stream -> stream));
    due = Set.copyOf(streams.keySet());
    gaps.look(streams.values(), host.policies(), leads()).forEach(host::streamChanged);
    List<WatchedStream> mine =
        now.streams().stream()
            .map(streams::get)
            .filter(stream -> stream != null)
            .map(stream -> stream.withPart(now.detectors(stream.id())))
            .toList();
    if (watchAgain || !mine.equals(watched)) {
      watchAgain = false;
      host.watch(mine);
      watched = mine;
    }
    again.forEach(host::restart);
  }

  /** Policies or capacity are others from now on. */
  public void settingsChanged() {
    worker.execute(
        () -> {
          watchAgain = true;
          work();
        });
    heartbeat.execute(
        () -> {
          try {
            commons.directory().join(self(), settings.lease());
          } catch (StoreException e) {
            contact.lost(String.valueOf(e.getMessage()));
          }
        });
  }

  /** Streams or mutes were changed here: tells the others, and acts on it at once. */
  public void streamsChanged() {
    unannounced = true;
    worker.execute(this::work);
  }

  /** The incidents of the service. */
  public Incidents incidents() {
    return incidents;
  }

  /** The copies. */
  public Fleet fleet() {
    return fleet;
  }

  /** Id of this one. */
  public String id() {
    return commons.id();
  }

  /** Whether this one watches a stream, so that it gathers evidence. */
  public boolean watches(String stream) {
    return fleet.of(stream).stream()
        .findFirst()
        .map(first -> first.copy().equals(id()))
        .orElse(false);
  }

  /**
   * Whether this one has the viewers. While its lease may have run out it has not, since another
   * one may have been given them.
   */
  public boolean hasViewers() {
    return holdings.viewers().isPresent() && leasedNanos - System.nanoTime() > 0;
  }

  /** The copy that has the viewers, if that is another one. */
  public Optional<Copy> viewersElsewhere() {
    return fleet.withViewers().filter(copy -> !copy.id().equals(id()));
  }

  /** How a stream is that another copy watches, or none. */
  public StreamStatus status(String stream) {
    return fleet
        .status(stream)
        .orElseGet(() -> due.contains(stream) ? StreamStatus.UNPLACED : StreamStatus.IDLE);
  }

  /** Whether this one leads the others. */
  public boolean leads() {
    return lead.term().isPresent();
  }

  /**
   * Whether this one leads and nobody else can: when it could not renew the lead in time, since the
   * machine has no time or the database is away, another one may have it before this one knows. Nor
   * while it still goes on with an earlier term, since another one may have led in between.
   */
  public boolean leadsForCertain() {
    Lead last = lead;
    return last.untilNanos() - System.nanoTime() > 0 && seat.leadsIn(last.term());
  }

  /** Whether this one speaks for a stream: it watches it, or leads while nobody does. */
  public boolean speaksFor(String stream) {
    return watches(stream) || (leads() && fleet.of(stream).isEmpty());
  }

  /** Shares that no copy watches; known to the one that leads, empty for the others. */
  public List<Share> waiting() {
    return seat.waiting();
  }

  /** Detectors that streams are watched without. */
  public Gaps gaps() {
    return gaps;
  }

  /** Whether it gives away what it watches. */
  public boolean isDraining() {
    return draining;
  }

  /** What is wrong, a line each. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    contact.problem().ifPresent(problems::add);
    seat.problem().ifPresent(problems::add);
    if (draining) {
      problems.add("this copy is being stopped");
    }
    return problems;
  }

  /**
   * Gives away what it watches; returns when others have taken it, there are none, or the time for
   * that is over.
   */
  public void drain() throws InterruptedException {
    draining = true;
    long until = System.nanoTime() + settings.drain().toNanos();
    try {
      commons.directory().drain(id());
      worker.execute(this::work);
      while (System.nanoTime() < until
          && !Holdings.of(id(), commons.directory().assignments()).isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(LONGEST_LOOK_MILLIS / 5);
      }
    } catch (StoreException e) {
      host.log("streams could not be given to other copies: " + e.getMessage());
    }
  }

  /** Leaves the others; what is still watched is to be stopped before. */
  @Override
  public void close() {
    heartbeat.shutdownNow();
    worker.shutdown();
    try {
      worker.awaitTermination(LONGEST_LOOK_MILLIS * LOOKS, TimeUnit.MILLISECONDS);
      heartbeat.awaitTermination(LONGEST_LOOK_MILLIS * LOOKS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    incidents.close();
    feed.close();
    seat.leave();
    try {
      commons.directory().resign(id());
      commons.directory().leave(id());
    } catch (StoreException e) {
      host.log("the others learn by the lease that this copy is gone: " + e.getMessage());
    }
    commons.close();
  }
}
