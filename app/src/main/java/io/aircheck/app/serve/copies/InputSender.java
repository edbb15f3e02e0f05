package io.aircheck.app.serve.copies;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.copies.IncidentExchange.Input;
import io.aircheck.core.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what makes incidents to the exchange, in order, on a thread of its own. While the database
 * is away it waits here; beginnings and ends are kept, news of what lasts is not when there is too
 * much. Thread-safe; nobody who adds waits.
 */
final class InputSender implements AutoCloseable {
  private static final int AT_ONCE = 1_000;
  private static final int MAX_WAITING = 20_000;
  private static final long RETRY_MILLIS = 500;
  private static final long CLOSING_MILLIS = 3_000;

  private final IncidentExchange exchange;
  private final String copy;

  /** Held while something is sent: one batch after the other. */
  private final Object sending = new Object();

  /** Guards the fields below. */
  private final Object lock = new Object();

  private final Deque<Input> waiting = new ArrayDeque<>();
  private long last;
  private long dropped;
  private boolean closed;
  private volatile @Nullable String problem;
  private final Thread thread;

  /**
   * @param copy id of this one
   */
  InputSender(IncidentExchange exchange, String copy) {
    this.exchange = exchange;
    this.copy = copy;
    this.thread = Thread.ofPlatform().daemon().name("aircheck-sender").start(this::run);
  }

  /**
   * Adds an input.
   *
   * @param by the share in whose name; empty: in none
   * @return its number
   */
  long add(Optional<Assignment> by, InputText text) {
    synchronized (lock) {
      waiting.addLast(new Input(++last, by, text.type(), text.body()));
      lock.notifyAll();
      return last;
    }
  }

  /** Adds an input that nobody misses when there is too much of it. */
  void addPassing(Optional<Assignment> by, InputText text) {
    synchronized (lock) {
      if (waiting.size() < MAX_WAITING) {
        add(by, text);
      } else {
        dropped++;
      }
    }
  }

  /** Passing inputs that were left out. */
  long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  /** What keeps inputs from being sent; empty when all is well. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Returns when everything that was added before has been sent.
   *
   * @throws StoreException when that does not work now; it is tried again later
   */
  void flush() {
    while (sendSome()) {
      // There may be more than goes at once.
    }
  }

  /** Sends a batch, and says whether there was anything to send. */
  private boolean sendSome() {
    synchronized (sending) {
      List<Input> batch = new ArrayList<>();
      synchronized (lock) {
        for (Input input : waiting) {
          if (batch.size() == AT_ONCE) {
            break;
          }
          batch.add(input);
        }
      }
      if (batch.isEmpty()) {
        return false;
      }
      // What was left out, since its share went to another copy, is of no use to anybody.
      exchange.send(copy, batch);
      problem = null;
      synchronized (lock) {
        batch.forEach(sent -> waiting.removeFirst());
      }
      return true;
    }
  }

  private void run() {
    while (awaitSomething()) {
      try {
        flush();
      } catch (StoreException e) {
        problem = e.getMessage();
        rest();
      }
    }
  }

  /** False when it is closed. */
  private boolean awaitSomething() {
    synchronized (lock) {
      try {
        while (waiting.isEmpty() && !closed) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        closed = true;
      }
      return !closed;
    }
  }

  private void rest() {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
    synchronized (lock) {
      try {
        long left = until - System.nanoTime();
        while (!closed && left > 0) {
          TimeUnit.NANOSECONDS.timedWait(lock, left);
          left = until - System.nanoTime();
        }
      } catch (InterruptedException e) {
        closed = true;
      }
    }
  }

  /** Sends what is left, if that works at once, and stops. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join(CLOSING_MILLIS);
      flush();
    } catch (StoreException e) {
      problem = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
