package io.aircheck.app.serve.incidents;

import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.copies.IncidentExchange.Taken;
import io.aircheck.core.copies.IncidentExchange.Waiting;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs the folds of incidents for all copies while one of them leads, on a thread of its own: takes
 * up the states that are stored, takes inputs from the exchange, and stores each step together with
 * the removal of its inputs. When the term is over, nothing of it is lost: what was not stored
 * still waits in the exchange for whoever leads next. Thread-safe.
 */
public final class LeaderDesk implements AutoCloseable {
  private static final int BATCH = 500;
  private static final long LOOK_MILLIS = 100;
  private static final long RETRY_MILLIS = 500;

  /** Makes inputs of what was sent. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads an input.
     *
     * @throws IllegalArgumentException when it is not understood: another version wrote it
     * @throws StoreException when what it takes to understand it is away
     */
    IncidentInput read(Waiting waiting);
  }

  private final IncidentExchange exchange;
  private final IncidentStore store;
  private final long term;
  private final Reader reader;
  private final Supplier<Routing> routing;
  private final LongSupplier clock;
  private final long latenessMillis;
  private final Runnable stored;
  private final Consumer<String> log;
  private final IncidentFolds folds;

  /** Inputs that are not understood stay for a leader that does. */
  private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();

  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Set<String> streams = Set.of();
  private volatile @Nullable String problem;
  private @Nullable Thread thread;

  /**
   * @param streams what is known of streams
   * @param routing who is told, asked at each step
   * @param clock wall-clock milliseconds since the epoch
   * @param lateness longest that an input is on its way from a copy, unless that is gone
   * @param stored called after each step that changed incidents, on the desk's thread
   * @param log told one line about what an operator of the service should know
   */
  public LeaderDesk(
      IncidentExchange exchange,
      IncidentStore store,
      long term,
      Reader reader,
      IncidentDesk.Streams streams,
      Supplier<Routing> routing,
      LongSupplier clock,
      Duration lateness,
      Runnable stored,
      Consumer<String> log) {
    this.exchange = exchange;
    this.store = store;
    this.term = term;
    this.reader = reader;
    this.routing = routing;
    this.clock = clock;
    this.latenessMillis = lateness.toMillis();
    this.stored = stored;
    this.log = log;
    this.folds = new IncidentFolds(streams);
  }

  /** Begins. */
  public void start() {
    thread = Thread.ofPlatform().daemon().name("aircheck-leader").start(this::run);
  }

  /** Ids of the streams that have incidents that are not over. */
  public Set<String> streams() {
    return streams;
  }

  /** What keeps incidents from being stored; empty when all is well. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem)
        .or(
            () ->
                unreadable.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        "%d inputs of copies of another version are not understood; update this one"
                            .formatted(unreadable.size())));
  }

  private void run() {
    boolean goesOn = restore();
    while (goesOn) {
      goesOn = work();
    }
  }

  private boolean restore() {
    while (true) {
      try {
        folds.restore(store.foldStates());
        remember();
        return true;
      } catch (StoreException e) {
        if (!rest(e)) {
          return false;
        }
      }
    }
  }

  /** One look at what waits; false when that was the last. */
  private boolean work() {
    List<Waiting> waiting;
    try {
      waiting = exchange.waiting(unreadable, BATCH);
    } catch (StoreException e) {
      return rest(e);
    }
    if (waiting.isEmpty() && folds.dueMillis() > timerMillis()) {
      problem = null;
      return !pause(LOOK_MILLIS);
    }
    return step(waiting);
  }

  private long timerMillis() {
    return clock.getAsLong() - latenessMillis;
  }

  private boolean step(List<Waiting> waiting) {
    Map<Long, IncidentInput> inputs = new LinkedHashMap<>();
    for (Waiting next : waiting) {
      try {
        inputs.put(next.serial(), reader.read(next));
      } catch (StoreException e) {
        return rest(e);
      } catch (IllegalArgumentException e) {
        unreadable.add(next.serial());
        log.accept("an input of a copy is not understood, and waits: " + e.getMessage());
      }
    }
    IncidentFolds.Batch batch = folds.batch();
    List<Taken> taken = new ArrayList<>();
    inputs.forEach(
        (serial, input) -> {
          List<IncidentChange> changes = batch.take(input);
          taken.add(
              new Taken(
                  serial, isAnswered(input) ? Optional.of(!changes.isEmpty()) : Optional.empty()));
        });
    batch.advance(timerMillis());
    return commit(batch.commits(routing.get()), taken);
  }

  private static boolean isAnswered(IncidentInput input) {
    return input instanceof IncidentInput.Commanded || input instanceof IncidentInput.Reopened;
  }

  /** Stores a step; tries until it works, or the term is over. */
  private boolean commit(List<Commit> commits, List<Taken> taken) {
    if (commits.isEmpty() && taken.isEmpty()) {
      return true;
    }
    while (true) {
      try {
        if (!exchange.commit(term, commits, taken)) {
          return false;
        }
        problem = null;
        remember();
        if (commits.stream().anyMatch(commit -> !commit.changes().isEmpty())) {
          stored.run();
        }
        return true;
      } catch (StoreException e) {
        if (!rest(e)) {
          return false;
        }
      }
    }
  }

  private void remember() {
    streams =
        folds.keys().stream()
            .filter(key -> !IncidentFolds.isShared(key))
            .collect(Collectors.toUnmodifiableSet());
  }

  private boolean rest(StoreException e) {
    problem = e.getMessage();
    return !pause(RETRY_MILLIS);
  }

  /** Waits; true when it was closed meanwhile. */
  private boolean pause(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Stops after the step that it is at. */
  @Override
  public void close() {
    closed.countDown();
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
