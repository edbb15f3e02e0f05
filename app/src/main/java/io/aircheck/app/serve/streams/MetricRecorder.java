package io.aircheck.app.serve.streams;

import io.aircheck.core.store.MetricHistory;
import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Sample;
import io.aircheck.core.store.MetricHistory.Series;
import io.aircheck.core.store.StoreException;
import io.aircheck.deploy.inprocess.TaskId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes metrics into the history at one second, and makes minutes of what is old. Tasks hand over
 * sums and never wait for the store: when it does not keep up, the oldest samples are dropped and
 * counted. Thread-safe.
 */
public final class MetricRecorder implements AutoCloseable {
  private static final Duration WRITE_INTERVAL = Duration.ofSeconds(2);
  private static final Duration COMPACT_INTERVAL = Duration.ofMinutes(10);

  /** Some minutes of a hundred streams. */
  private static final int MAX_WAITING = 500_000;

  private final MetricHistory history;
  private final Duration secondsFor;
  private final Duration minutesFor;
  private final LongSupplier clock;
  private final Deque<Sample> waiting = new ArrayDeque<>();
  private final Thread writer;
  private long dropped;
  private boolean closed;

  /**
   * @param secondsFor how long metrics are kept at one second
   * @param minutesFor how long at one minute
   * @param clock wall-clock milliseconds since the epoch
   */
  public MetricRecorder(
      MetricHistory history, Duration secondsFor, Duration minutesFor, LongSupplier clock) {
    this.history = history;
    this.secondsFor = secondsFor;
    this.minutesFor = minutesFor;
    this.clock = clock;
    this.writer = Thread.ofPlatform().daemon().name("aircheck-metrics").start(this::write);
  }

  /** Samples that were lost because the store did not keep up. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Collects the metrics of one task, on its thread. */
  Lane lane(TaskId task) {
    return new Lane(task);
  }

  private synchronized void add(List<Sample> samples) {
    waiting.addAll(samples);
    while (waiting.size() > MAX_WAITING) {
      waiting.removeFirst();
      dropped++;
    }
  }

  private void write() {
    long compactedMillis = clock.getAsLong();
    while (true) {
      List<Sample> batch;
      boolean last;
      synchronized (this) {
        try {
          if (!closed) {
            wait(WRITE_INTERVAL.toMillis());
          }
        } catch (InterruptedException e) {
          closed = true;
        }
        batch = new ArrayList<>(waiting);
        waiting.clear();
        last = closed;
      }
      try {
        history.append(batch);
        history.flush();
        long now = clock.getAsLong();
        if (now - compactedMillis >= COMPACT_INTERVAL.toMillis()) {
          compactedMillis = now;
          long minute = Duration.ofMinutes(1).toMillis();
          history.compact(
              (now - secondsFor.toMillis()) / minute * minute, now - minutesFor.toMillis());
        }
      } catch (StoreException e) {
        // Metrics are not worth stopping for: what could not be written is counted.
        synchronized (this) {
          dropped += batch.size();
        }
      }
      if (last) {
        return;
      }
    }
  }

  /** Writes what is left. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The metrics of one task within the current second. */
  final class Lane {
    private final TaskId task;
    private final Map<String, Map<String, Sum>> byTrack = new HashMap<>();
    private long second = Long.MIN_VALUE;

    private Lane(TaskId task) {
      this.task = task;
    }

    void add(String track, String metric, long wallClockMillis, double value) {
      long at = Math.floorDiv(wallClockMillis, 1000L);
      if (at != second) {
        hand();
        second = at;
      }
      byTrack
          .computeIfAbsent(track, key -> new HashMap<>())
          .computeIfAbsent(metric, key -> new Sum())
          .add(value);
    }

    /** Hands the second over. */
    void hand() {
      List<Sample> samples = new ArrayList<>();
      byTrack.forEach(
          (track, metrics) ->
              metrics.forEach(
                  (metric, sum) -> {
                    if (sum.count > 0) {
                      samples.add(
                          new Sample(
                              new Series(task.stream(), task.rendition(), track, metric),
                              new Bucket(second * 1000, sum.count, sum.sum, sum.min, sum.max)));
                      sum.clear();
                    }
                  }));
      if (!samples.isEmpty()) {
        MetricRecorder.this.add(samples);
      }
    }
  }

  private static final class Sum {
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double value) {
      count++;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }

    void clear() {
      count = 0;
      sum = 0;
      min = Double.POSITIVE_INFINITY;
      max = Double.NEGATIVE_INFINITY;
    }
  }
}
