package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.settings.UnmonitoredSettings;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.experience.session.Cohort;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for contents that viewers watch and no stream shows: has them watched, where that is
 * wished, and tells of those that are not. Contents are named by players, so only those with the
 * most viewers are looked at. Not thread-safe.
 */
final class UnmonitoredDesk {
  /** Contents that are told of at a time; the API lists the others. */
  private static final int MOST_TOLD = 20;

  /** Contents that are looked at. */
  private static final int MOST_CONSIDERED = 1_000;

  /** What could not be watched is tried again after this time. */
  private static final long RETRY_MILLIS = 60_000;

  private static final double MANY_MORE = 2;

  /** A content that enough viewers watch, or did a moment ago. */
  private static final class Candidate {
    private final long sinceMillis;
    private long enoughMillis;
    private long viewers;
    private long triedMillis = Long.MIN_VALUE;
    private String refusal = "";

    /** Viewers when it was last told of; null: it was not. */
    private @Nullable Long toldViewers;

    Candidate(long sinceMillis) {
      this.sinceMillis = sinceMillis;
    }
  }

  private final UnmonitoredSettings settings;
  private final Supplier<List<WatchedStream>> streams;
  private final Supplier<Collection<Incident>> active;
  private final Consumer<StreamObservation> incidents;
  private final Optional<ViewedStreams> viewed;
  private final Map<String, Candidate> candidates = new HashMap<>();

  /** Keys that an earlier process has told of; null: not asked for yet. */
  private @Nullable Set<String> before;

  /**
   * @param streams of the service
   * @param active incidents that are not over
   * @param incidents told of what is observed
   * @param viewed watches them; empty: nobody does
   */
  UnmonitoredDesk(
      UnmonitoredSettings settings,
      Supplier<List<WatchedStream>> streams,
      Supplier<Collection<Incident>> active,
      Consumer<StreamObservation> incidents,
      Optional<ViewedStreams> viewed) {
    this.settings = settings;
    this.streams = streams;
    this.active = active;
    this.incidents = incidents;
    this.viewed = viewed;
  }

  /**
   * For what a monitor watches.
   *
   * @param log told one line about what an operator should know
   */
  static UnmonitoredDesk of(UnmonitoredSettings settings, Monitor monitor, Consumer<String> log) {
    return new UnmonitoredDesk(
        settings,
        monitor.registry()::list,
        monitor.incidents()::active,
        monitor.incidents()::observed,
        settings
            .watch()
            .map(how -> new ViewedStreams(how, monitor.registry(), monitor.changes(), log)));
  }

  /**
   * Looks. To be called every second, once it is known who watches.
   *
   * @param watching sessions by content
   */
  void look(long nowMillis, Map<String, Long> watching) {
    if (before == null) {
      before = toldBefore();
    }
    viewed.ifPresent(some -> some.leave(nowMillis, watching));
    List<Unmonitored> enough =
        Unmonitored.of(watching, streams.get()).stream()
            .takeWhile(one -> one.viewers() >= settings.leastViewers())
            .limit(MOST_CONSIDERED)
            .toList();
    enough.forEach(one -> enough(one, nowMillis));
    end(nowMillis, enough.stream().map(Unmonitored::content).collect(Collectors.toSet()));
  }

  /** What an earlier process has told goes on at once. */
  private Set<String> toldBefore() {
    return active.get().stream()
        .filter(incident -> incident.cause().equals(Kinds.STREAM_UNMONITORED))
        .map(Incident::stream)
        .collect(Collectors.toSet());
  }

  private void enough(Unmonitored one, long nowMillis) {
    Candidate candidate =
        candidates.computeIfAbsent(one.content(), added -> new Candidate(since(added, nowMillis)));
    candidate.enoughMillis = nowMillis;
    candidate.viewers = one.viewers();
    if (nowMillis - candidate.sinceMillis < settings.after().toMillis()) {
      return;
    }
    if (viewed.isPresent() && nowMillis >= candidate.triedMillis + RETRY_MILLIS) {
      candidate.triedMillis = nowMillis;
      Optional<String> refusal = viewed.get().add(one.content());
      if (refusal.isEmpty()) {
        return;
      }
      candidate.refusal = " It is not watched now: %s.".formatted(refusal.get());
    }
    tell(one.content(), candidate, nowMillis);
  }

  private long since(String content, long nowMillis) {
    boolean known = before != null && before.contains(key(content));
    return known ? nowMillis - settings.after().toMillis() : nowMillis;
  }

  private void tell(String content, Candidate candidate, long nowMillis) {
    if (candidate.toldViewers == null) {
      if (told(candidates.values()) < MOST_TOLD) {
        candidate.toldViewers = candidate.viewers;
        observe(content, nowMillis, new Observation.Opened(finding(content, candidate)));
      }
    } else if (candidate.viewers >= MANY_MORE * candidate.toldViewers) {
      candidate.toldViewers = candidate.viewers;
      observe(content, nowMillis, new Observation.Updated(finding(content, candidate)));
    }
  }

  private static long told(Collection<Candidate> candidates) {
    return candidates.stream().filter(candidate -> candidate.toldViewers != null).count();
  }

  /**
   * Ends what is monitored by now, or has had too few viewers for as long as enough were needed.
   */
  private void end(long nowMillis, Set<String> enough) {
    Set<String> shown = streams.get().stream().map(Programmes::content).collect(Collectors.toSet());
    candidates
        .entrySet()
        .removeIf(
            entry -> {
              Candidate candidate = entry.getValue();
              boolean told = candidate.toldViewers != null;
              long patience = told ? settings.after().toMillis() : 0;
              boolean few =
                  !enough.contains(entry.getKey())
                      && nowMillis - candidate.enoughMillis >= patience;
              boolean over = few || shown.contains(entry.getKey());
              if (over && told) {
                Finding finding = finding(entry.getKey(), candidate);
                observe(entry.getKey(), nowMillis, new Observation.Closed(finding));
              }
              return over;
            });
  }

  private void observe(String content, long nowMillis, Observation observation) {
    incidents.accept(
        new StreamObservation(key(content), null, Point.MONITORED, nowMillis, observation));
  }

  private Finding finding(String content, Candidate candidate) {
    return new Finding(
        Incident.id(key(content), Kinds.STREAM_UNMONITORED, candidate.sinceMillis),
        Kinds.STREAM_UNMONITORED,
        1000 * candidate.sinceMillis,
        1000 * candidate.enoughMillis,
        Severity.WARNING,
        1,
        null,
        null,
        Map.of("viewers", (double) candidate.viewers),
        "%d viewers watch %s, which no stream of the service shows.%s"
            .formatted(candidate.viewers, plain(content), candidate.refusal));
  }

  private static String key(String content) {
    return CohortKey.of(Map.of(Cohort.CONTENT, content));
  }

  /** Nothing of what players tell moves the cursor of a terminal or begins a line. */
  private static String plain(String content) {
    return content.replaceAll("\\p{C}", " ");
  }
}
