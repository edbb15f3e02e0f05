package io.aircheck.app.viewers;

import io.aircheck.app.viewers.Collector.Answer;
import io.aircheck.audience.viewer.Post;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends reports as players do: waits when there is too much (429), tries again when something
 * failed, and is silent for a session that was told to stop (410). Those of a session go over the
 * same connection, one after the other. Used by one thread, which waits while too many are on their
 * way.
 */
public final class ReportSender implements AutoCloseable {
  private static final int WAITING_PER_CONNECTION = 200;
  private static final int MOST_ATTEMPTS = 4;
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  private final Collector collector;
  private final Pace pace;
  private final List<ExecutorService> lanes = new ArrayList<>();
  private final Semaphore room;
  private final SentCounters counters = new SentCounters();

  /** Sessions that were told to stop; as many as the service tells. */
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();

  /**
   * A sender.
   *
   * @param connections at most so many at the same time, at least 1
   */
  public ReportSender(Collector collector, Pace pace, int connections) {
    this.collector = collector;
    this.pace = pace;
    for (int i = 0; i < connections; i++) {
      lanes.add(
          Executors.newSingleThreadExecutor(Thread.ofVirtual().name("viewers-" + i).factory()));
    }
    room = new Semaphore(connections * WAITING_PER_CONNECTION);
  }

  /** Sends, or waits until there is room to send. */
  public void send(Post post) throws InterruptedException {
    room.acquire();
    int lane = Math.floorMod(post.session().hashCode(), lanes.size());
    lanes
        .get(lane)
        .execute(
            () -> {
              try {
                attempt(post);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                room.release();
              }
            });
  }

  private void attempt(Post post) throws InterruptedException {
    long wait = FIRST_WAIT_MILLIS;
    int attempts = 0;
    while (!stopped.contains(post.session())) {
      int status;
      long asked = -1;
      try {
        Answer answer = collector.send(post);
        status = answer.status();
        asked = answer.retryAfterMillis().orElse(-1);
      } catch (IOException e) {
        status = 503; // as if it had said so
      }
      if (status < 300) {
        counters.accepted.add(post.reports());
        return;
      }
      if (status == 410) {
        stopped.add(post.session());
      } else if (status == 429) {
        counters.throttled.increment();
        pace.sleep(Math.min(asked >= 0 ? asked : wait, LONGEST_WAIT_MILLIS));
      } else if (status < 500) {
        counters.refused.add(post.reports());
        return;
      } else if (++attempts == MOST_ATTEMPTS) {
        counters.failed.add(post.reports());
        return;
      } else {
        counters.retried.increment();
        pace.sleep(Math.min(asked >= 0 ? asked : wait, LONGEST_WAIT_MILLIS));
      }
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
    }
    counters.stopped.add(post.reports());
  }

  /** What became of them so far. */
  public Sent sent() {
    return counters.now();
  }

  /** Waits until everything has been answered, or for so long. */
  public void finish(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    for (ExecutorService lane : lanes) {
      lane.shutdown();
    }
    for (ExecutorService lane : lanes) {
      long begun = System.nanoTime();
      if (!lane.awaitTermination(Math.max(0, left), TimeUnit.NANOSECONDS)) {
        return;
      }
      left -= System.nanoTime() - begun;
    }
  }

  /** Stops; what has not been sent is dropped. */
  @Override
  public void close() {
    lanes.forEach(ExecutorService::shutdownNow);
  }
}
