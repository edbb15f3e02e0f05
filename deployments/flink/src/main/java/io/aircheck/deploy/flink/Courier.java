package io.aircheck.deploy.flink;

import io.aircheck.core.observe.Observation;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers in order, on a thread of its own, and as often as it takes: a recipient that is away
 * holds up nobody. Thread-safe.
 */
final class Courier implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(Courier.class.getName());

  private static final long RETRY_MILLIS = 1_000;

  /** How long the last deliveries may take when everything else is over. */
  private static final long CLOSING_MILLIS = 10_000;

  /** With more outcomes waiting, beginnings and ends are kept and news of what lasts is not. */
  private static final int MANY = 100_000;

  private record Waiting(long checkpoint, Delivery delivery) {}

  private final String name;
  private final Recipient recipient;
  private final Thread thread;

  /** Guards the fields below. */
  private final Object lock = new Object();

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int outcomes;
  private long arrived;
  private long completed = Long.MIN_VALUE;
  private boolean closed;

  /** Why nothing will be delivered any more. */
  private @Nullable String stopped;

  /** What has arrived last, as far as is known; used by the thread alone. */
  private @Nullable String last;

  /**
   * Begins to deliver.
   *
   * @param name of the recipient, for who operates the job
   * @param recipient used by the courier alone, and closed with it
   * @param before what was held before and may be delivered at once; some of it may have arrived
   */
  Courier(String name, Recipient recipient, Iterable<Delivery> before) {
    this.name = name;
    this.recipient = recipient;
    before.forEach(delivery -> hold(Long.MIN_VALUE, delivery));
    thread = Thread.ofPlatform().daemon().name("aircheck-courier-" + name).start(this::run);
  }

  /**
   * Delivers this as soon as a checkpoint is complete.
   *
   * @param checkpoint its number
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

  /** Outcomes that have not arrived yet, as far as is known. */
  int waiting() {
    synchronized (lock) {
      return outcomes;
    }
  }

  /** Outcomes that have arrived since it began, those it learned of when it began included. */
  long arrived() {
    synchronized (lock) {
      return arrived;
    }
  }

  /**
   * Looks whether it still delivers.
   *
   * @throws IllegalStateException when somebody else does so in its place
   */
  void check() {
    synchronized (lock) {
      if (stopped != null) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  private void run() {
    try {
      deliver();
    } catch (RuntimeException e) {
      stop(name + " cannot be delivered to: " + e);
    } finally {
      recipient.close();
    }
  }

  private void deliver() {
    boolean open = false;
    boolean away = false;
    while (true) {
      try {
        if (!open && !resume(recipient.open())) {
          return;
        }
        open = true;
        Delivery next = next();
        if (next == null) {
          return;
        }
        recipient.deliver(next);
        delivered(next);
        if (away) {
          LOGGER.log(Level.INFO, name + " takes what is delivered again");
        }
        away = false;
      } catch (IOException e) {
        if (!away) {
          LOGGER.log(Level.WARNING, name + " does not take what is delivered, trying on", e);
        }
        away = true;
        open = false;
        if (!pause()) {
          return;
        }
      }
    }
  }

  /** Lets the job know that nothing is delivered any more. */
  private void stop(String why) {
    LOGGER.log(Level.ERROR, why);
    synchronized (lock) {
      stopped = why;
    }
  }

  /**
   * Goes on behind what has arrived.
   *
   * @param arrived id of the last delivery that has
   * @return whether there is anything to go on with: a recipient that has something from somebody
   *     else has found another courier
   */
  private boolean resume(Optional<String> arrived) {
    if (arrived.isEmpty()) {
      return true;
    }
    String id = arrived.get();
    synchronized (lock) {
      if (waiting.stream().anyMatch(one -> one.delivery().id().equals(id))) {
        while (!id.equals(last)) {
          delivered(waiting.element().delivery());
        }
        return true;
      }
    }
    if (last != null && !last.equals(id)) {
      stop(name + " takes from another job under the same name; give each a name of its own");
      return false;
    }
    last = id;
    return true;
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

  private void delivered(Delivery first) {
    synchronized (lock) {
      waiting.remove();
      outcomes -= first.outcomes().size();
      arrived += first.outcomes().size();
      last = first.id();
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

  /** Delivers what may be delivered, as far as the recipient takes it soon, and stops. */
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
