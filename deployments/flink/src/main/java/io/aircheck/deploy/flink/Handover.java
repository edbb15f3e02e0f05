package io.aircheck.deploy.flink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A bounded way from many threads that may wait to one that must not. Thread-safe.
 *
 * @param <T> what is handed over
 */
final class Handover<T> {
  private final int capacity;
  private final Deque<T> queue = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean closed;

  Handover(int capacity) {
    this.capacity = capacity;
  }

  /** Waits for room; what comes after the close is dropped. */
  synchronized void put(T element) {
    boolean interrupted = false;
    while (queue.size() >= capacity && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Tasks are interrupted to stop them; what they say last counts all the same.
        interrupted = true;
      }
    }
    if (!closed) {
      queue.add(element);
      available.complete(null);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next element, or null when there is none now. */
  synchronized @Nullable T poll() {
    T element = queue.poll();
    if (queue.isEmpty() && available.isDone()) {
      available = new CompletableFuture<>();
    }
    notifyAll();
    return element;
  }

  synchronized boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Makes the receiver look, although nothing may have come. */
  synchronized void wake() {
    available.complete(null);
  }

  /** Completes when there is something to take. */
  synchronized CompletableFuture<Void> available() {
    return available;
  }

  /** Nobody takes anything any more. */
  synchronized void close() {
    closed = true;
    queue.clear();
    notifyAll();
  }
}
