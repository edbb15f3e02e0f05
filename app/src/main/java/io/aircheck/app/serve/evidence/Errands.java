package io.aircheck.app.serve.evidence;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Work that is to be done once, at its time or when this is closed before it, one after the other
 * on a thread of its own. So many wait at most: whoever brings more than can be done is told so,
 * instead of all of it coming later and later. Thread-safe.
 */
final class Errands {
  private final int most;
  private final ScheduledExecutorService worker;

  /** What is still to be done, in the order in which it came up. */
  private final Set<Errand> open = new LinkedHashSet<>();

  /**
   * @param most how many may wait
   */
  Errands(String threadName, int most) {
    this.most = most;
    ScheduledThreadPoolExecutor one =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(threadName).factory());
    // What waits for its time then is done by whoever closes this.
    one.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.worker = one;
  }

  private final class Errand implements Runnable {
    private final Runnable work;

    Errand(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (take(this)) {
        work.run();
      }
    }
  }

  private boolean take(Errand errand) {
    synchronized (open) {
      return open.remove(errand);
    }
  }

  private Optional<Errand> oldest() {
    synchronized (open) {
      return open.stream().findFirst();
    }
  }

  /**
   * Has work done after a time; after {@link #close} it is ignored.
   *
   * @param work must not throw
   * @return false when too much waits already: then it is not done
   */
  boolean later(Duration delay, Runnable work) {
    Errand errand = new Errand(work);
    synchronized (open) {
      if (open.size() >= most) {
        return false;
      }
      open.add(errand);
    }
    try {
      worker.schedule(errand, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: there is nobody left to do it.
      take(errand);
    }
    return true;
  }

  /**
   * Does at once what was to be done later, as far as there is time. What is being done is
   * interrupted only when there is none left.
   *
   * @param patience for what is being done, and for the rest together
   */
  void close(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    worker.shutdown();
    try {
      if (!worker.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
    Optional<Errand> next = oldest();
    while (next.isPresent() && System.nanoTime() < deadline) {
      next.get().run();
      next = oldest();
    }
  }
}
