package io.aircheck.deploy.flink;

import io.aircheck.core.observe.Observation;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to a desk in order, on a thread of its own, and as often as it takes: a desk that is
 * away holds up nobody. Thread-safe.
 */
final class Courier implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(Courier.class.getName());

  private static final long RETRY_MILLIS = 1_000;

  /** How long the last deliveries may take when everything else is over. */
  private static final long CLOSING_MILLIS = 10_000;

  /** With more outcomes waiting, beginnings and ends are kept and news of what lasts is not. */
  private static final int MANY = 100_000;

  private record Waiting(long checkpoint, Delivery delivery) {}

  private final DeskLink desk;
  private final Thread thread;

  /** Guards the fields below. */
  private final Object lock = new Object();

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int outcomes;
  private long completed = Long.MIN_VALUE;
  private boolean closed;

  Courier(DeskLink desk) {
    this.desk = desk;
    thread = Thread.ofPlatform().daemon().name("aircheck-courier").start(this::run);
  }

  /**
   * Delivers this as soon as a checkpoint is complete.
   *
   * @param checkpoint its number; those before any are delivered at once
   */
  void hold(long checkpoint, Delivery delivery) {
    synchronized (lock) {
      Delivery kept = outcomes > MANY ? withoutProgress(delivery) : delivery;
      waiting.add(new Waiting(checkpoint, kept));
      outcomes += kept.outcomes().size();
      lock.notifyAll();
    }
  }

  /** This checkpoint is complete, and those before it. */
  void complete(long checkpoint) {
    synchronized (lock) {
      completed = Math.max(completed, checkpoint);
      lock.notifyAll();
    }
  }

  /** What has not arrived yet, as far as is known. */
  List<Delivery> undelivered() {
    synchronized (lock) {
      return waiting.stream().map(Waiting::delivery).toList();
    }
  }

  private void run() {
    boolean away = false;
    while (true) {
      Delivery next = next();
      if (next == null) {
        return;
      }
      try {
        desk.deliver(next);
        delivered();
        away = false;
      } catch (IOException e) {
        if (!away) {
          LOGGER.log(Level.WARNING, "the desk does not take what is delivered, trying on", e);
        }
        away = true;
        if (!pause()) {
          return;
        }
      }
    }
  }

  /** The next that may be delivered; null when there is none and never will be. */
  private @Nullable Delivery next() {
    synchronized (lock) {
      while (true) {
        Waiting first = waiting.peek();
        if (first != null && first.checkpoint() <= completed) {
          return first.delivery();
        }
        if (closed) {
          return null;
        }
        try {
          lock.wait();
        } catch (InterruptedException e) {
          return null;
        }
      }
    }
  }

  private void delivered() {
    synchronized (lock) {
      outcomes -= waiting.remove().delivery().outcomes().size();
    }
  }

  private boolean pause() {
    synchronized (lock) {
      try {
        lock.wait(RETRY_MILLIS);
        return true;
      } catch (InterruptedException e) {
        return false;
      }
    }
  }

  private static Delivery withoutProgress(Delivery delivery) {
    List<Outcome> kept = new ArrayList<>();
    for (Outcome outcome : delivery.outcomes()) {
      boolean lasting =
          outcome instanceof Outcome.Observed observed
              && observed.observations().stream()
                  .allMatch(one -> one.observation() instanceof Observation.Updated);
      if (!lasting) {
        kept.add(outcome);
      }
    }
    return new Delivery(delivery.id(), kept);
  }

  /** Delivers what may be delivered, as far as the desk takes it soon, and stops. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
