package io.aircheck.app.serve.incidents;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.GroupPolicy;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the folds of incidents on one thread: takes inputs in, stores each step together with the
 * notifications that follow from it, and only then tells anybody. A store that fails is tried
 * again; what came in meanwhile waits. Thread-safe.
 */
public final class IncidentDesk implements Incidents {
  /** Steps stored at once at most. */
  private static final int BATCH = 500;

  private static final long RETRY_MILLIS = 1000;

  /** Longest that an observation is on its way from a stream to here. */
  static final long LATENESS_MILLIS = 1_000;

  /** While the store is away, beginnings and ends are kept and news of what lasts is not. */
  private static final int MAX_WAITING = 20_000;

  /** What the desk knows of a stream. */
  public interface Streams {
    /** Streams without labels or groups that have one policy. */
    static Streams plain(IncidentPolicy policy) {
      return new Streams() {
        @Override
        public IncidentPolicy policy(String stream) {
          return policy;
        }

        @Override
        public Map<String, String> labels(String stream) {
          return Map.of();
        }

        @Override
        public GroupPolicy grouping() {
          return GroupPolicy.NONE;
        }

        @Override
        public int sharing(String label, String value) {
          return 0;
        }
      };
    }

    /** Its policy; the last one known for a stream that is not watched any more. */
    IncidentPolicy policy(String stream);

    /** Its labels. */
    Map<String, String> labels(String stream);

    /** When incidents of several streams are one. */
    GroupPolicy grouping();

    /** How many streams have a label with a value. */
    int sharing(String label, String value);
  }

  private record Waiting(
      IncidentInput input, @Nullable CompletableFuture<Optional<Incident>> answer) {}

  private final IncidentStore store;
  private final Streams streams;
  private final Supplier<Routing> routing;
  private final LongSupplier clock;
  private final Consumer<List<IncidentChange>> listener;

  /** Used by the desk's thread alone, once that is started. */
  private final IncidentFolds folds;

  /** Guards what comes in. */
  private final Object lock = new Object();

  private final Deque<Waiting> inbox = new ArrayDeque<>();
  private boolean closed;
  private long dropped;
  private volatile @Nullable String problem;

  /** Incidents that are not over, as they are now, by id. */
  private final Map<String, Incident> active = new ConcurrentHashMap<>();

  private @Nullable Thread thread;

  /**
   * @param routing who is told, asked at each change
   * @param clock wall-clock milliseconds since the epoch
   * @param listener told of changes when they are stored, on the desk's thread; must not block
   */
  public IncidentDesk(
      IncidentStore store,
      Streams streams,
      Supplier<Routing> routing,
      LongSupplier clock,
      Consumer<List<IncidentChange>> listener) {
    this.store = store;
    this.streams = streams;
    this.routing = routing;
    this.clock = clock;
    this.listener = listener;
    this.folds = new IncidentFolds(streams);
  }

  /**
   * Takes up where the last process stopped: what was open stays open, until its stream has been
   * watched for the recovery time without a finding.
   *
   * @param watched ids of the streams that are watched now; incidents of others are over, but for
   *     those of viewers, which are as of streams that wait
   */
  @Override
  public void start(Set<String> watched) {
    folds.restore(store.foldStates());
    for (String key : folds.keys()) {
      remember(key);
      if (IncidentFolds.isShared(key)) {
        continue;
      }
      if (watched.contains(key)) {
        rewatched(key);
      } else if (CohortKey.isOne(key)) {
        // Whoever reads the reports says so when that has come as far.
        paused(key);
      } else {
        unwatched(key);
      }
    }
    thread = Thread.ofPlatform().daemon().name("aircheck-incidents").start(this::run);
  }

  @Override
  public void observed(StreamObservation observation) {
    if (observation.observation() instanceof Observation.Fingerprinted) {
      return;
    }
    synchronized (lock) {
      boolean passing = observation.observation() instanceof Observation.Updated;
      if (passing && inbox.size() >= MAX_WAITING) {
        dropped++;
        return;
      }
    }
    add(new IncidentInput.Observed(observation, streams.policy(observation.stream())), null);
  }

  @Override
  public void rewatched(String stream) {
    add(new IncidentInput.Rewatched(stream, streams.policy(stream), clock.getAsLong()), null);
  }

  @Override
  public void paused(String stream) {
    add(new IncidentInput.Paused(stream, clock.getAsLong()), null);
  }

  @Override
  public void unwatched(String stream) {
    add(new IncidentInput.Unwatched(stream, clock.getAsLong()), null);
  }

  @Override
  public CompletionStage<Optional<Incident>> command(
      Incident incident, IncidentInput.Commanded.Command command, String by, String text) {
    CompletableFuture<Optional<Incident>> answer = new CompletableFuture<>();
    add(
        new IncidentInput.Commanded(
            incident.stream(), incident.id(), command, by, clock.getAsLong(), text),
        answer);
    return answer;
  }

  @Override
  public CompletionStage<Optional<Incident>> reopen(Incident incident, String by) {
    CompletableFuture<Optional<Incident>> answer = new CompletableFuture<>();
    add(
        new IncidentInput.Reopened(
            incident, streams.policy(incident.stream()), by, clock.getAsLong()),
        answer);
    return answer;
  }

  @Override
  public Collection<Incident> active() {
    return List.copyOf(active.values());
  }

  /** An incident as it is now: fresher than the store, which knows it as of its last change. */
  @Override
  public Optional<Incident> find(String id) {
    return Optional.ofNullable(active.get(id)).or(() -> store.find(id));
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  private void add(IncidentInput input, @Nullable CompletableFuture<Optional<Incident>> answer) {
    synchronized (lock) {
      inbox.add(new Waiting(input, answer));
      lock.notifyAll();
    }
  }

  private void run() {
    while (true) {
      List<Waiting> batch = take();
      if (batch == null) {
        return;
      }
      step(batch);
    }
  }

  /**
   * How far timers have come: what is observed carries the time at which it was, and must not find
   * its incident closed because it was on its way.
   */
  private long timerMillis() {
    return clock.getAsLong() - LATENESS_MILLIS;
  }

  /** Waits for inputs or for the next timer; null when closed and nothing is left. */
  private @Nullable List<Waiting> take() {
    synchronized (lock) {
      while (true) {
        long due = folds.dueMillis();
        long now = timerMillis();
        if (!inbox.isEmpty() || due <= now) {
          List<Waiting> batch = new ArrayList<>();
          while (!inbox.isEmpty() && batch.size() < BATCH) {
            batch.add(inbox.remove());
          }
          return batch;
        }
        if (closed) {
          return null;
        }
        try {
          lock.wait(due == Long.MAX_VALUE ? 0 : Math.max(1, due - now));
        } catch (InterruptedException e) {
          closed = true;
        }
      }
    }
  }

  private void step(List<Waiting> waiting) {
    IncidentFolds.Batch batch = folds.batch();
    Map<CompletableFuture<Optional<Incident>>, Optional<Incident>> answers = new LinkedHashMap<>();
    for (Waiting next : waiting) {
      List<IncidentChange> changes = batch.take(next.input());
      if (next.answer() != null) {
        answers.put(next.answer(), outcome(changes));
      }
    }
    batch.advance(timerMillis());
    List<Commit> commits = batch.commits(routing.get());
    StoreException failure = commit(commits);
    if (failure != null) {
      answers.keySet().forEach(answer -> answer.completeExceptionally(failure));
      return;
    }
    batch.keys().forEach(this::remember);
    answers.forEach(CompletableFuture::complete);
    List<IncidentChange> changes =
        commits.stream().flatMap(commit -> commit.changes().stream()).toList();
    if (!changes.isEmpty()) {
      listener.accept(changes);
    }
  }

  private static Optional<Incident> outcome(List<IncidentChange> changes) {
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast().incident());
  }

  /** Stores what happened; tries until it works, or the desk is closed: then says why not. */
  private @Nullable StoreException commit(List<Commit> commits) {
    while (!commits.isEmpty()) {
      try {
        store.commit(commits);
        problem = null;
        return null;
      } catch (StoreException e) {
        problem = e.getMessage();
        synchronized (lock) {
          if (closed) {
            return e;
          }
          try {
            lock.wait(RETRY_MILLIS);
          } catch (InterruptedException interrupted) {
            closed = true;
          }
        }
      }
    }
    return null;
  }

  private void remember(String key) {
    active.values().removeIf(incident -> incident.stream().equals(key));
    folds.active(key).forEach(incident -> active.put(incident.id(), incident));
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    Thread running = thread;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
