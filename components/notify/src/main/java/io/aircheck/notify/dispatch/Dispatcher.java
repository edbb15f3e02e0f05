package io.aircheck.notify.dispatch;

import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.store.Outbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Delivers what is in the outbox: at once after {@link #wake}, again after a failure, in order for
 * each incident and channel, side by side otherwise, so that a channel that is slow or away holds
 * up nobody else. Thread-safe; one per store is on duty at a time.
 *
 * <p>How it works: one thread asks the outbox what is due and hands each entry to a virtual thread
 * of its own. The outbox gives out only the oldest entry of a <em>lane</em>, an incident and a
 * channel, and the dispatcher starts nothing in a lane that was busy before it asked: an entry read
 * just before it was settled is not delivered a second time.
 */
public final class Dispatcher implements AutoCloseable {
  /** More than one look at the outbox takes, when there is a backlog. */
  private static final int BATCH = 256;

  /** Longest rest: others may write into the store, and clocks may be set. */
  private static final long LONGEST_REST_MILLIS = 60_000;

  /** Rest after the store failed, unless something rings. */
  private static final long STORE_RETRY_MILLIS = 1_000;

  /** Rest while another one is on duty, or may be. */
  private static final long OFF_DUTY_MILLIS = 500;

  private static final Duration CLOSING = Duration.ofSeconds(3);

  /** What is delivered in order. */
  private record Lane(String channel, String incident) {
    static Lane of(Notification notification) {
      return new Lane(notification.channel(), notification.change().incident().id());
    }
  }

  private final Outbox outbox;
  private final Function<String, Optional<Notifier>> channels;
  private final DispatchPolicy policy;
  private final DispatchListener listener;
  private final BooleanSupplier onDuty;
  private final InstantSource clock;
  private final RandomGenerator random;

  private final Bell bell = new Bell();
  private final Set<Lane> busy = ConcurrentHashMap.newKeySet();

  /** Channels that asked to be left alone, until when. */
  private final Map<String, Long> resting = new ConcurrentHashMap<>();

  private final ExecutorService deliveries =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("delivery-", 0).factory());
  private final OutcomeRecorder recorder;
  private final Thread loop = Thread.ofVirtual().name("dispatcher").unstarted(this::run);
  private volatile boolean closed;

  /** A dispatcher that is always on duty, and does nothing before {@link #start}. */
  public Dispatcher(
      Outbox outbox,
      Function<String, Optional<Notifier>> channels,
      DispatchPolicy policy,
      DispatchListener listener) {
    this(outbox, channels, policy, listener, () -> true);
  }

  /**
   * A dispatcher that does nothing before {@link #start}.
   *
   * @param channels channels by name, asked at each attempt, so that they can be exchanged
   * @param onDuty asked before each attempt: while it is not, another one may be delivering
   */
  public Dispatcher(
      Outbox outbox,
      Function<String, Optional<Notifier>> channels,
      DispatchPolicy policy,
      DispatchListener listener,
      BooleanSupplier onDuty) {
    this(
        outbox,
        channels,
        policy,
        listener,
        onDuty,
        InstantSource.system(),
        RandomGenerator.getDefault());
  }

  Dispatcher(
      Outbox outbox,
      Function<String, Optional<Notifier>> channels,
      DispatchPolicy policy,
      DispatchListener listener,
      BooleanSupplier onDuty,
      InstantSource clock,
      RandomGenerator random) {
    this.outbox = outbox;
    this.channels = channels;
    this.policy = policy;
    this.listener = listener;
    this.onDuty = onDuty;
    this.clock = clock;
    this.random = random;
    recorder = new OutcomeRecorder(outbox, listener, bell, STORE_RETRY_MILLIS);
  }

  /** Begins to deliver. */
  public void start() {
    recorder.start();
    loop.start();
  }

  /** Something was put into the outbox or revived: look at once. */
  public void wake() {
    bell.ring();
  }

  private void run() {
    while (!closed) {
      long rings = bell.rings();
      long rest;
      try {
        rest = deliverDue();
      } catch (RuntimeException e) {
        listener.storeFailed(OutcomeRecorder.failure(e));
        rest = STORE_RETRY_MILLIS;
      }
      try {
        bell.await(rings, Math.min(rest, LONGEST_REST_MILLIS));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /**
   * Starts everything that is due and free.
   *
   * @return milliseconds after which to look again, should nothing ring before
   */
  private long deliverDue() {
    if (!onDuty.getAsBoolean()) {
      return OFF_DUTY_MILLIS;
    }
    long now = clock.millis();
    Set<Lane> busyBefore = Set.copyOf(busy);
    Map<String, Integer> load = new HashMap<>();
    busyBefore.forEach(lane -> load.merge(lane.channel(), 1, Integer::sum));
    resting.values().removeIf(until -> until <= now);
    Set<String> except = new HashSet<>(resting.keySet());
    load.forEach(
        (channel, deliveries) -> {
          if (deliveries >= policy.perChannel()) {
            except.add(channel);
          }
        });

    int limit = BATCH + busyBefore.size();
    List<Outbox.Entry> due = outbox.due(now, except, limit);
    boolean started = false;
    for (Outbox.Entry entry : due) {
      Lane lane = Lane.of(entry.notification());
      if (!busyBefore.contains(lane)
          && load.getOrDefault(lane.channel(), 0) < policy.perChannel()) {
        load.merge(lane.channel(), 1, Integer::sum);
        busy.add(lane);
        deliveries.execute(() -> attempt(entry, lane));
        started = true;
      }
    }
    if (started && due.size() == limit) {
      return 0;
    }
    OptionalLong next = outbox.nextDueMillis(now);
    long wanted = next.orElse(now + LONGEST_REST_MILLIS);
    for (long until : resting.values()) {
      wanted = Math.min(wanted, until);
    }
    return wanted - now;
  }

  private void attempt(Outbox.Entry entry, Lane lane) {
    if (!onDuty.getAsBoolean()) {
      busy.remove(lane);
      // It is due still, and whoever rests until the next one is due does not know.
      bell.ring();
      return;
    }
    Optional<Notifier> channel = channels.apply(lane.channel());
    Notifier.Delivery delivery =
        channel.isPresent()
            ? deliver(channel.get(), entry.notification())
            : new Notifier.Delivery.Rejected(
                "there is no channel " + lane.channel() + " in the configuration");
    Outbox.Entry after = fate(entry, delivery);
    recorder.record(
        after,
        () -> {
          busy.remove(lane);
          bell.ring();
          listener.attempted(after, channel.isPresent() && channel.get().recordsAnswer());
        });
  }

  private static Notifier.Delivery deliver(Notifier channel, Notification notification) {
    try {
      return channel.deliver(notification);
    } catch (RuntimeException e) {
      // Not its message: it may tell what must not be told.
      return new Notifier.Delivery.RetryAfter(
          "the channel failed: " + e.getClass().getSimpleName(), Optional.empty());
    }
  }

  /** What an attempt makes of an entry. */
  private Outbox.Entry fate(Outbox.Entry entry, Notifier.Delivery delivery) {
    long now = clock.millis();
    return switch (delivery) {
      case Notifier.Delivery.Delivered(String answer) ->
          settled(entry, Outbox.Status.DELIVERED, answer, now);
      case Notifier.Delivery.Rejected(String reason) ->
          settled(entry, Outbox.Status.DEAD, reason, now);
      case Notifier.Delivery.RetryAfter(String reason, Optional<Duration> asked) -> {
        long lastAttempt = entry.createdMillis() + policy.giveUpAfter().toMillis();
        if (now >= lastAttempt) {
          String given =
              "given up after %d h and %d attempts: %s"
                  .formatted(
                      TimeUnit.MILLISECONDS.toHours(now - entry.createdMillis()),
                      entry.attempts() + 1,
                      reason);
          yield settled(entry, Outbox.Status.DEAD, given, now);
        }
        long wait = asked.map(this::bounded).orElseGet(() -> backoff(entry)).toMillis();
        long next = Math.min(now + wait, lastAttempt);
        if (asked.isPresent()) {
          resting.merge(entry.notification().channel(), next, Math::max);
        }
        yield after(entry, Outbox.Status.PENDING, reason, next, OptionalLong.empty());
      }
    };
  }

  /** A wait as asked for, within reason: a channel that asks for none is not hammered. */
  private Duration bounded(Duration asked) {
    Duration least = policy.backoff().first();
    Duration most = policy.longestAsked();
    return asked.compareTo(least) < 0 ? least : asked.compareTo(most) > 0 ? most : asked;
  }

  private Duration backoff(Outbox.Entry entry) {
    return policy.backoff().delay(entry.attempts() + 1, true, random);
  }

  private static Outbox.Entry settled(
      Outbox.Entry entry, Outbox.Status status, String answer, long now) {
    return after(entry, status, answer, entry.nextAttemptMillis(), OptionalLong.of(now));
  }

  private static Outbox.Entry after(
      Outbox.Entry entry,
      Outbox.Status status,
      String answer,
      long nextAttemptMillis,
      OptionalLong settledMillis) {
    return new Outbox.Entry(
        entry.notification(),
        status,
        entry.attempts() + 1,
        entry.createdMillis(),
        nextAttemptMillis,
        settledMillis,
        answer);
  }

  /**
   * Starts nothing more, waits a few seconds for what is under way and then interrupts it. What has
   * no answer then is delivered after the next start.
   */
  @Override
  public void close() {
    closed = true;
    bell.ring();
    try {
      if (loop.isAlive()) {
        loop.join(CLOSING);
      }
      deliveries.shutdown();
      if (!deliveries.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        deliveries.shutdownNow();
        deliveries.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
      }
      recorder.close(CLOSING);
    } catch (InterruptedException e) {
      deliveries.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
