package io.aircheck.app.serve.connectors;

import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.experience.feed.SessionFeed;
import io.aircheck.experience.feed.SessionNews;
import io.aircheck.experience.feed.SumFeed;
import io.aircheck.experience.feed.SumRow;
import io.aircheck.notify.export.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells one other system of viewers, by a thread of its own, at least once and in order: what was
 * not taken is handed over again until it is, or until it is forgotten where it comes from.
 */
final class Connector implements AutoCloseable {
  /** Waits of channels, but no longer than a window of a minute. */
  static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** Longest wait that the other system may ask for. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

  /** What is refused so often is left out: credentials may be mended meanwhile. */
  private static final int MOST_REFUSALS = 3;

  private static final int BATCH = 500;
  private static final long IDLE_MILLIS = 1_000;
  private static final long PLACE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long PATIENCE_MILLIS = 2_000;

  /**
   * What it tells from where.
   *
   * @param sums null: none
   * @param sessions null: none
   */
  record Feeds(@Nullable SumFeed sums, @Nullable SessionFeed sessions) {}

  /** Both of one moment: who is told that it waits is told why. */
  private record Condition(ConnectorStatus.State state, @Nullable String problem) {}

  private final String name;
  private final String type;
  private final Feeds feeds;
  private final Outlet outlet;
  private final Path file;
  private final RetryPolicy retries;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Place first;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final LongAdder sent = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private @Nullable Thread thread;
  private volatile LongSupplier advanced = () -> Long.MIN_VALUE;
  private volatile Condition condition = new Condition(ConnectorStatus.State.STARTING, null);
  private volatile long lastSentMillis;

  // Of the thread alone.
  private SumFeed.@Nullable Window window;
  private final ArrayDeque<List<SumRow>> batches = new ArrayDeque<>();
  private Outlet.@Nullable Parcel parcel;
  private Runnable arrived = () -> {};
  private int failures;
  private int refusals;
  private long placedNanos = System.nanoTime();
  private boolean placeFails;

  /**
   * One that waits for {@link #begin}.
   *
   * @param file where its place is kept
   * @param first the place that it begins at
   * @param log told one line about what an operator should know
   */
  Connector(
      String name,
      String type,
      Feeds feeds,
      Outlet outlet,
      Path file,
      Place first,
      RetryPolicy retries,
      InstantSource clock,
      Consumer<String> log) {
    this.name = name;
    this.type = type;
    this.feeds = feeds;
    this.outlet = outlet;
    this.file = file;
    this.first = first;
    this.retries = retries;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Begins, now that what was before is known.
   *
   * @param advanced up to when time has passed for all sessions
   */
  void begin(LongSupplier advanced) {
    this.advanced = advanced;
    condition = new Condition(ConnectorStatus.State.OK, null);
    thread = Thread.ofPlatform().daemon().name("aircheck-connector-" + name).start(this::run);
  }

  private void run() {
    try {
      long wait = 0;
      while (!closing.await(wait, TimeUnit.MILLISECONDS)) {
        wait = step();
        if (System.nanoTime() - placedNanos >= PLACE_NANOS) {
          place();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      condition = new Condition(ConnectorStatus.State.WAITING, "it has failed: " + e);
      log.accept("the connector %s has failed: %s".formatted(name, e));
    }
  }

  /** Does what is next; how long to wait then, milliseconds. */
  private long step() {
    if (parcel == null && !prepare()) {
      return IDLE_MILLIS;
    }
    Outlet.Parcel ready = parcel;
    if (ready == null) {
      return 0;
    }
    Receipt receipt = ready.attempt().get();
    return switch (receipt.delivery()) {
      case Delivery.Delivered taken -> {
        refused.add(receipt.refused());
        lastSentMillis = clock.millis();
        goOn(receipt.refused() > 0 ? taken.answer() : null);
        // Last, so that who sees it here sees also what came of it.
        sent.add(ready.size() - receipt.refused());
        yield 0;
      }
      case Delivery.RetryAfter later -> {
        failed(ConnectorStatus.State.WAITING, later.reason());
        Duration own = retries.delay(++failures, true, RandomGenerator.getDefault());
        yield later
            .after()
            .map(asked -> asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked)
            .filter(asked -> asked.compareTo(own) > 0)
            .orElse(own)
            .toMillis();
      }
      case Delivery.Rejected never -> {
        failed(ConnectorStatus.State.REFUSED, never.reason());
        if (++refusals >= MOST_REFUSALS) {
          refused.add(ready.size());
          log.accept(
              "the connector %s has left out %d that were refused: %s"
                  .formatted(name, ready.size(), never.reason()));
          parcelDone();
          yield 0;
        }
        yield retries.delay(1, false, RandomGenerator.getDefault()).toMillis();
      }
    };
  }

  private void failed(ConnectorStatus.State how, String why) {
    if (condition.state() != how) {
      log.accept("the connector %s cannot tell of viewers: %s".formatted(name, why));
    }
    condition = new Condition(how, why);
  }

  private void goOn(@Nullable String remark) {
    condition = new Condition(ConnectorStatus.State.OK, remark);
    failures = 0;
    parcelDone();
  }

  private void parcelDone() {
    refusals = 0;
    parcel = null;
    arrived.run();
    arrived = () -> {};
  }

  /** Looks for what is to be told next; false: nothing. */
  private boolean prepare() {
    SumFeed sums = feeds.sums();
    if (sums != null) {
      prepareSums(sums);
    }
    SessionFeed sessions = feeds.sessions();
    if (parcel == null && sessions != null) {
      List<SessionNews> news = sessions.take(BATCH);
      if (!news.isEmpty()) {
        parcel = outlet.sessions(news);
        arrived = sessions::passed;
      }
    }
    return parcel != null;
  }

  private void prepareSums(SumFeed sums) {
    if (window == null && advanced.getAsLong() != Long.MIN_VALUE) {
      window = sums.next(advanced.getAsLong()).orElse(null);
      if (window != null) {
        cut(window.rows());
      }
    }
    SumFeed.Window open = window;
    if (open == null) {
      return;
    }
    List<SumRow> rows = batches.poll();
    if (rows == null) {
      sums.passed(open);
      window = null;
      prepareSums(sums);
      return;
    }
    parcel = outlet.sums(rows);
  }

  private void cut(List<SumRow> rows) {
    for (int i = 0; i < rows.size(); i += BATCH) {
      batches.add(rows.subList(i, Math.min(rows.size(), i + BATCH)));
    }
  }

  /** Writes down how far it is. */
  private void place() {
    placedNanos = System.nanoTime();
    long known = advanced.getAsLong();
    if (known == Long.MIN_VALUE) {
      return;
    }
    SumFeed sums = feeds.sums();
    SessionFeed sessions = feeds.sessions();
    try {
      new Place(
              sums == null ? known : sums.position(),
              sessions == null ? known : sessions.position(),
              Math.max(known, first.knownMillis()))
          .write(file);
      placeFails = false;
    } catch (IOException e) {
      if (!placeFails) {
        log.accept(
            "how far the connector %s is cannot be written down, so a start would tell some again: %s"
                .formatted(name, e.getMessage()));
      }
      placeFails = true;
    }
  }

  ConnectorStatus status() {
    long now = advanced.getAsLong();
    SumFeed sums = feeds.sums();
    SessionFeed sessions = feeds.sessions();
    Condition latest = condition;
    long behind = sums == null || now == Long.MIN_VALUE ? 0 : sums.lagMillis(now);
    return new ConnectorStatus(
        name,
        type,
        latest.state(),
        Optional.ofNullable(latest.problem()),
        Math.max(behind, sessions == null ? 0 : sessions.lagMillis()),
        sessions == null ? 0 : sessions.waiting(),
        sent.sum(),
        refused.sum(),
        sessions == null ? 0 : sessions.dropped(),
        sums == null ? 0 : sums.dropped(),
        lastSentMillis);
  }

  /** Stops; the next process goes on where it was. */
  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running != null) {
      try {
        running.join(PATIENCE_MILLIS);
        running.interrupt();
        running.join(PATIENCE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      place();
    }
    outlet.close();
  }
}
