package io.aircheck.app.serve;

import io.aircheck.app.cost.RunningCost;
import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.events.News;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.settings.WhenFull;
import io.aircheck.app.serve.streams.StreamChanges;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.StreamWatch;
import io.aircheck.app.serve.streams.WatchPlan;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.meter.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The streams of the service: which there are, which of them are to be watched now, whether there
 * is room for more, and how each of them is, whichever copy of the service watches it. Thread-safe.
 */
public final class Streams implements AutoCloseable {
  /** How often it is measured what the machine has room for. */
  private static final Duration CAPACITY_INTERVAL = Duration.ofSeconds(5);

  private final ServiceSurroundings around;
  private final ActiveSettings active;
  private final StreamBook book;
  private final Optional<CopyMember> member;
  private final StreamWatch watch;
  private final ServiceTimer timer;
  private final News news;
  private final StreamChanges changes;

  /**
   * Watches nothing before {@link #apply}.
   *
   * @param member decides what is watched here; empty: this process watches them all
   * @param watch closed with it
   * @param timer wakes it when a schedule says so, and to measure
   */
  Streams(
      ServiceSurroundings around,
      ActiveSettings active,
      StreamBook book,
      Optional<CopyMember> member,
      StreamWatch watch,
      ServiceTimer timer,
      News news) {
    this.around = around;
    this.active = active;
    this.book = book;
    this.member = member;
    this.watch = watch;
    this.timer = timer;
    this.news = news;
    this.changes = new StreamChanges(book.registry(), this::refusal, this::apply);
  }

  /** Begins to measure what there is room for. */
  void begin() {
    timer.every(
        CAPACITY_INTERVAL, "the use of the machine could not be measured", watch::rebalance);
  }

  /** Watches what the registry holds now, as far as schedules say so. */
  synchronized void apply() {
    book.remember();
    tellOfAll();
    if (member.isPresent()) {
      member.get().streamsChanged();
      return;
    }
    Instant now = around.clock().instant();
    WatchPlan plan = WatchPlan.at(now, registry().list());
    watch(plan.due());
    timer.after(
        plan.nextChange().map(next -> Duration.between(now, next)),
        "streams could not be started by their schedule",
        this::apply);
  }

  /** Takes note of what other copies of the service have changed. */
  void loadAgain() {
    book.load();
    tellOfAll();
  }

  /** Goes by the settings that are active now. */
  void settingsChanged() {
    book.declare();
    registry().problems().forEach(around.log());
    watch.share(active.now().settings().capacity().share());
    if (member.isPresent()) {
      member.get().settingsChanged();
    } else {
      apply();
    }
  }

  private void tellOfAll() {
    registry().list().forEach(stream -> news.stream(stream.id()));
  }

  /** Streams that are to be watched now, by whichever copy. */
  List<WatchedStream> due() {
    return WatchPlan.at(around.clock().instant(), registry().list()).due();
  }

  /** Watches these here from now on; returns when those that had to stop have stopped. */
  void watch(List<WatchedStream> streams) {
    watch.update(streams, active.now().policies());
  }

  /** Why there is no room for a stream, where its policy has it refused then. */
  private Optional<String> refusal(StreamSettings settings) {
    return active
        .now()
        .policies()
        .find(settings.policy())
        .filter(policy -> policy.watching().whenFull() == WhenFull.REFUSE)
        .flatMap(
            policy ->
                member
                    .map(copy -> copy.fleet().refusal(settings, policy))
                    .orElseGet(watch::refusal));
  }

  /** Those that there are. */
  public StreamRegistry registry() {
    return book.registry();
  }

  /** Those that an incident is about; none for one of viewers. */
  List<WatchedStream> of(Incident incident) {
    Stream<String> ids =
        incident.isGroup()
            ? incident.members().stream().map(Incident.Member::stream).distinct()
            : Stream.of(incident.stream());
    return ids.flatMap(id -> registry().find(id).stream()).toList();
  }

  /** Adds, changes and takes away streams. */
  public StreamChanges changes() {
    return changes;
  }

  /** Those that are watched here. */
  public StreamWatch watch() {
    return watch;
  }

  /** How a stream is, whichever copy of the service watches it. */
  public StreamStatus status(String stream) {
    boolean elsewhere = member.isPresent() && !member.get().watches(stream);
    return elsewhere ? member.get().status(stream) : watch.status(stream);
  }

  /**
   * Detectors that are not run on a stream though others are, since no copy of the service runs
   * them or has room.
   */
  public Set<String> missingDetectors(String stream) {
    return member.map(copy -> copy.gaps().of(stream)).orElse(Set.of());
  }

  /** What a stream costs by what it has used of late; empty: that was not measured yet. */
  public Optional<RunningCost> cost(String stream) {
    if (member.isPresent()) {
      return member
          .get()
          .fleet()
          .use(stream)
          .map(use -> RunningCost.of(use.cores(), use.memoryGb(), active.now().prices()));
    }
    double cores = watch.recentCores(stream);
    return cores == 0
        ? Optional.empty()
        : Optional.of(RunningCost.of(cores, watch.usedGb(), active.now().prices()));
  }

  /**
   * What watching has used, and keeping and telling of what was found: since the start, or of
   * several copies that are alive since theirs.
   */
  public Usage usage() {
    return member.map(copy -> copy.fleet().usage()).orElseGet(this::usageHere);
  }

  /** What this process has used of it. */
  public Usage usageHere() {
    return watch.usage().plus(around.meter().usage());
  }

  /** Stops watching. */
  @Override
  public void close() {
    watch.close();
  }
}
