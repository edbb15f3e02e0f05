package io.aircheck.app.serve.events;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes events on to everybody who listens, and keeps the latest for those who come back. Whoever
 * is too slow is told to load everything anew instead of holding anybody up. Thread-safe.
 */
public final class EventHub implements AutoCloseable {
  private static final int KEPT = 2_000;
  private static final int QUEUE = 1_000;

  /** Tells that too much was missed and everything should be loaded anew. */
  public static final String RESET = "reset";

  /**
   * Something that happened.
   *
   * @param id grows; with a part that is new for each process, so that a restart is noticed
   * @param name sort of event
   * @param data JSON
   */
  public record Event(String id, String name, String data) {}

  private final String process = Long.toHexString(new SecureRandom().nextLong());
  private final Deque<Event> kept = new ArrayDeque<>();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private long serial;
  private volatile boolean closed;

  /** Tells everybody. */
  public synchronized void publish(String name, String data) {
    Event event = new Event(process + "-" + ++serial, name, data);
    kept.addLast(event);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    subscriptions.forEach(subscription -> subscription.offer(event));
  }

  /** Tells everybody who listens now something that is of no use later. */
  public synchronized void publishPassing(String name, String data) {
    Event event = new Event("", name, data);
    subscriptions.forEach(subscription -> subscription.offerPassing(event));
  }

  /** Whether anybody listens. */
  public synchronized boolean hasListeners() {
    return !subscriptions.isEmpty();
  }

  /**
   * Listens.
   *
   * @param lastId id of the last event that was received; null: only what comes from now on
   */
  public synchronized Subscription subscribe(@Nullable String lastId) {
    Subscription subscription = new Subscription();
    if (lastId != null) {
      List<Event> missed = since(lastId).orElse(List.of(reset()));
      missed.forEach(subscription::offer);
    }
    subscriptions.add(subscription);
    return subscription;
  }

  private Optional<List<Event>> since(String lastId) {
    if (lastId.equals(process + "-" + serial)) {
      return Optional.of(List.of());
    }
    List<Event> missed = new ArrayList<>();
    boolean found = false;
    for (Event event : kept) {
      if (found) {
        missed.add(event);
      }
      found |= event.id().equals(lastId);
    }
    return found && missed.size() < QUEUE ? Optional.of(missed) : Optional.empty();
  }

  private Event reset() {
    return new Event(process + "-" + serial, RESET, "{}");
  }

  /** Nothing more will happen: everybody who listens may go. */
  @Override
  public synchronized void close() {
    closed = true;
    subscriptions.forEach(subscription -> subscription.offer(reset()));
  }

  /** Somebody who listens. */
  public final class Subscription implements AutoCloseable {
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);

    private Subscription() {}

    private void offer(Event event) {
      if (!queue.offer(event)) {
        queue.clear();
        queue.add(reset());
      }
    }

    private void offerPassing(Event event) {
      if (queue.remainingCapacity() > QUEUE / 2) {
        queue.add(event);
      }
    }

    /** Whether nothing more will come. */
    public boolean isOver() {
      return closed;
    }

    /**
     * The next event.
     *
     * @return empty when none came in time
     */
    public Optional<Event> next(long timeoutMillis) throws InterruptedException {
      return Optional.ofNullable(queue.poll(timeoutMillis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
      synchronized (EventHub.this) {
        subscriptions.remove(this);
      }
    }
  }
}
