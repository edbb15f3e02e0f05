package io.aircheck.app.serve.copies;

import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.copies.IncidentExchange.Numbered;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.StoreException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells what happened to incidents, whichever copy made them, from the start on, each change once
 * and in order, on a thread of its own.
 */
final class ChangeFeed implements AutoCloseable {
  private static final int AT_ONCE = 500;
  private static final long LOOK_MILLIS = 250;
  private static final long RETRY_MILLIS = 1_000;

  private final IncidentExchange exchange;
  private final Consumer<List<IncidentChange>> listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private long serial;

  /**
   * @param listener must not block for long
   * @throws StoreException when the exchange does not answer
   */
  ChangeFeed(IncidentExchange exchange, Consumer<List<IncidentChange>> listener) {
    this.exchange = exchange;
    this.listener = listener;
    this.serial = exchange.lastChange();
    this.thread = Thread.ofPlatform().daemon().name("aircheck-changes").unstarted(this::run);
  }

  /** Begins to tell. */
  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(look(), TimeUnit.MILLISECONDS)) {
        // Once more.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long to wait until the next look. */
  private long look() {
    List<Numbered> changes;
    try {
      changes = exchange.changesAfter(serial, AT_ONCE);
    } catch (StoreException e) {
      return RETRY_MILLIS;
    }
    if (changes.isEmpty()) {
      return LOOK_MILLIS;
    }
    serial = changes.getLast().serial();
    listener.accept(changes.stream().map(Numbered::change).toList());
    return changes.size() < AT_ONCE ? LOOK_MILLIS : 0;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
