package io.aircheck.notify.dispatch;

import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes down what became of attempts: all that have come together since the last time in one step,
 * because a step waits for the disk. While the store fails, outcomes are kept and tried again.
 */
final class OutcomeRecorder {
  /** An outcome, and what to do when it is written down. */
  private record Item(Outbox.Outcome outcome, Runnable recorded) {}

  private static final System.Logger LOG = System.getLogger(OutcomeRecorder.class.getName());

  /** The last one in the queue. No interrupts: they would cut the connection to a database. */
  private static final Item END =
      new Item(new Outbox.Outcome("", Outbox.Status.DEAD, "", 0), () -> {});

  private final Outbox outbox;
  private final DispatchListener listener;
  private final Bell bell;
  private final long retryMillis;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofVirtual().name("outcomes").unstarted(this::run);
  private volatile boolean closed;

  /**
   * @param bell rings when trying again may help
   * @param retryMillis wait after the store failed, unless it rings
   */
  OutcomeRecorder(Outbox outbox, DispatchListener listener, Bell bell, long retryMillis) {
    this.outbox = outbox;
    this.listener = listener;
    this.bell = bell;
    this.retryMillis = retryMillis;
  }

  void start() {
    thread.start();
  }

  /**
   * Takes an outcome.
   *
   * @param after the entry as it is now
   * @param recorded called when it is durable
   */
  void record(Outbox.Entry after, Runnable recorded) {
    long millis = after.settledMillis().orElse(after.nextAttemptMillis());
    queue.add(
        new Item(
            new Outbox.Outcome(after.notification().key(), after.status(), after.answer(), millis),
            recorded));
  }

  private void run() {
    List<Item> items = new ArrayList<>();
    boolean last = false;
    while (!last) {
      try {
        items.add(queue.take());
      } catch (InterruptedException e) {
        return;
      }
      queue.drainTo(items);
      last = items.removeIf(END::equals);
      if (!items.isEmpty() && !write(items.stream().map(Item::outcome).toList())) {
        return;
      }
      items.forEach(OutcomeRecorder::tell);
      items.clear();
    }
  }

  /** A listener that fails must not keep outcomes from being written down. */
  private static void tell(Item item) {
    try {
      item.recorded().run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a listener of the dispatcher failed", e);
    }
  }

  /** Writes, however long the store takes to heal; false when closed before that. */
  private boolean write(List<Outbox.Outcome> outcomes) {
    while (true) {
      long rings = bell.rings();
      try {
        outbox.record(outcomes);
        return true;
      } catch (RuntimeException e) {
        listener.storeFailed(failure(e));
      }
      if (closed) {
        return false;
      }
      try {
        bell.await(rings, retryMillis);
      } catch (InterruptedException e) {
        return false;
      }
    }
  }

  /** Whatever the store does, nobody here must die of it. */
  static StoreException failure(RuntimeException e) {
    return e instanceof StoreException failure
        ? failure
        : new StoreException("the outbox cannot do its work: " + e, true, e);
  }

  /** Writes down what has come so far, and ends. */
  void close(Duration patience) throws InterruptedException {
    queue.add(END);
    closed = true;
    bell.ring();
    if (thread.isAlive()) {
      thread.join(patience);
    }
  }
}
