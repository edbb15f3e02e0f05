package io.aircheck.app.serve.streams;

import io.aircheck.core.store.MetricHistory;
import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Sample;
import io.aircheck.core.store.MetricHistory.Series;
import io.aircheck.core.store.MetricReader;
import io.aircheck.core.store.StoreException;
import io.aircheck.deploy.inprocess.TaskId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Writes metrics into the history at one second, and makes minutes of what is old. Tasks hand over
 * sums and never wait for the store: when it does not keep up, the oldest samples are dropped and
 * counted. What is not written yet is part of every answer. Thread-safe.
 */
public final class MetricRecorder implements MetricReader, AutoCloseable {
  /**
   * Whenever samples are written, a page of every curve is: twice as often is twice as much for the
   * disk. What waits is lost when the process is killed.
   */
  private static final Duration WRITE_INTERVAL = Duration.ofSeconds(30);

  private static final Duration COMPACT_INTERVAL = Duration.ofMinutes(10);

  /** After the start: soon, since services are restarted, but not while they have more to do. */
  private static final Duration FIRST_COMPACT = Duration.ofMinutes(1);

  /** Three quarters of a minute of fifty streams with two hundred curves each; some 40 MB. */
  private static final int MAX_WAITING = 500_000;

  /** So many are written at once, whatever the time: a write and a compaction take seconds. */
  private static final int WRITE_EARLY = MAX_WAITING / 2;

  /** In one transaction, so that others wait for the store no longer than for it. */
  private static final int MAX_AT_ONCE = 5_000;

  private static final Comparator<Sample> BY_CURVE =
      Comparator.comparing(
          Sample::series, Comparator.comparing(Series::stream).thenComparing(MetricReader.ORDER));

  private final MetricHistory history;
  private final Duration secondsFor;
  private final Duration minutesFor;
  private final Duration writeInterval;
  private final LongSupplier clock;
  private final BooleanSupplier compacts;
  private final Deque<Sample> waiting = new ArrayDeque<>();

  /** Part of answers until it is in the history: there for a moment in both, never in none. */
  private List<Sample> beingWritten = List.of();

  private final Thread writer;
  private long dropped;

  /** Whether the store did not take the latest: it is not tried again before its time. */
  private boolean away;

  /** When old seconds become minutes next; of the writer. */
  private long compactAtMillis;

  private boolean closed;

  /**
   * @param secondsFor how long metrics are kept at one second
   * @param minutesFor how long at one minute
   * @param clock wall-clock milliseconds since the epoch
   * @param compacts whether this process is to make minutes of what is old: one at a time must
   */
  public MetricRecorder(
      MetricHistory history,
      Duration secondsFor,
      Duration minutesFor,
      LongSupplier clock,
      BooleanSupplier compacts) {
    this(history, secondsFor, minutesFor, WRITE_INTERVAL, clock, compacts);
  }

  /** One for the only process that uses the history. */
  public MetricRecorder(
      MetricHistory history, Duration secondsFor, Duration minutesFor, LongSupplier clock) {
    this(history, secondsFor, minutesFor, clock, () -> true);
  }

  /** As above, writing at another interval. */
  MetricRecorder(
      MetricHistory history,
      Duration secondsFor,
      Duration minutesFor,
      Duration writeInterval,
      LongSupplier clock) {
    this(history, secondsFor, minutesFor, writeInterval, clock, () -> true);
  }

  private MetricRecorder(
      MetricHistory history,
      Duration secondsFor,
      Duration minutesFor,
      Duration writeInterval,
      LongSupplier clock,
      BooleanSupplier compacts) {
    this.compacts = compacts;
    this.history = history;
    this.writeInterval = writeInterval;
    this.secondsFor = secondsFor;
    this.minutesFor = minutesFor;
    this.clock = clock;
    this.compactAtMillis = clock.getAsLong() + FIRST_COMPACT.toMillis();
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
    dropOldest();
    if (waiting.size() >= WRITE_EARLY) {
      notifyAll();
    }
  }

  /** What could not be written is tried again, before what has come since. */
  private synchronized void addAgain(List<Sample> samples) {
    samples.reversed().forEach(waiting::addFirst);
    beingWritten = List.of();
    away = true;
    dropOldest();
  }

  private void dropOldest() {
    while (waiting.size() > MAX_WAITING) {
      waiting.removeFirst();
      dropped++;
    }
  }

  private void write() {
    while (true) {
      boolean last = awaitNext();
      List<Sample> batch;
      synchronized (this) {
        batch = new ArrayList<>(waiting);
        // Curve by curve, so that each transaction concerns few of them.
        batch.sort(BY_CURVE);
        waiting.clear();
        beingWritten = batch;
      }
      boolean written = append(batch);
      long now = clock.getAsLong();
      if (written && !last && now >= compactAtMillis && compacts.getAsBoolean()) {
        compactAtMillis = now + COMPACT_INTERVAL.toMillis();
        compact(now);
      }
      if (last) {
        return;
      }
    }
  }

  /** Waits for the next time to write; true when it is the last. */
  private synchronized boolean awaitNext() {
    long dueNanos = System.nanoTime() + writeInterval.toNanos();
    try {
      long left = writeInterval.toNanos();
      while (!closed && left > 0 && (away || waiting.size() < WRITE_EARLY)) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = dueNanos - System.nanoTime();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    return closed;
  }

  private boolean append(List<Sample> batch) {
    for (int from = 0; from < batch.size(); from += MAX_AT_ONCE) {
      try {
        history.append(batch.subList(from, Math.min(batch.size(), from + MAX_AT_ONCE)));
      } catch (StoreException e) {
        // Metrics are not worth stopping for; the store tells by itself that it is away.
        addAgain(batch.subList(from, batch.size()));
        return false;
      }
    }
    synchronized (this) {
      beingWritten = List.of();
      away = false;
    }
    return true;
  }

  private void compact(long nowMillis) {
    long minute = Duration.ofMinutes(1).toMillis();
    try {
      history.compact(
          (nowMillis - secondsFor.toMillis()) / minute * minute, nowMillis - minutesFor.toMillis());
    } catch (StoreException e) {
      // Nothing is lost: what is old stays until the next time.
    }
  }

  @Override
  public List<Series> series(String stream, long fromMillis, long toMillis) {
    Set<Series> found = new LinkedHashSet<>();
    for (Sample sample : unwritten(fromMillis, toMillis)) {
      if (sample.series().stream().equals(stream)) {
        found.add(sample.series());
      }
    }
    found.addAll(history.series(stream, fromMillis, toMillis));
    return found.stream().sorted(MetricReader.ORDER).toList();
  }

  @Override
  public List<Bucket> query(Series series, long fromMillis, long toMillis, long stepMillis) {
    NavigableMap<Long, Bucket> steps = new TreeMap<>();
    for (Sample sample : unwritten(fromMillis, toMillis)) {
      if (sample.series().equals(series)) {
        merge(steps, sample.bucket(), stepMillis);
      }
    }
    for (Bucket bucket : history.query(series, fromMillis, toMillis, stepMillis)) {
      merge(steps, bucket, stepMillis);
    }
    return List.copyOf(steps.values());
  }

  @Override
  public SortedMap<Series, List<Bucket>> curves(
      String stream, long fromMillis, long toMillis, long stepMillis) {
    Map<Series, NavigableMap<Long, Bucket>> found = new HashMap<>();
    for (Sample sample : unwritten(fromMillis, toMillis)) {
      if (sample.series().stream().equals(stream)) {
        merge(steps(found, sample.series()), sample.bucket(), stepMillis);
      }
    }
    history
        .curves(stream, fromMillis, toMillis, stepMillis)
        .forEach(
            (series, buckets) ->
                buckets.forEach(bucket -> merge(steps(found, series), bucket, stepMillis)));
    SortedMap<Series, List<Bucket>> curves = new TreeMap<>(MetricReader.ORDER);
    found.forEach((series, steps) -> curves.put(series, List.copyOf(steps.values())));
    return curves;
  }

  private static NavigableMap<Long, Bucket> steps(
      Map<Series, NavigableMap<Long, Bucket>> curves, Series series) {
    return curves.computeIfAbsent(series, key -> new TreeMap<>());
  }

  private static void merge(NavigableMap<Long, Bucket> steps, Bucket bucket, long stepMillis) {
    Bucket moved = bucket.inSteps(stepMillis);
    steps.merge(moved.fromMillis(), moved, Bucket::plus);
  }

  /** Before the history is asked: what is written meanwhile is not missed. */
  private synchronized List<Sample> unwritten(long fromMillis, long toMillis) {
    return Stream.concat(beingWritten.stream(), waiting.stream())
        .filter(
            sample ->
                sample.bucket().fromMillis() >= fromMillis
                    && sample.bucket().fromMillis() < toMillis)
        .toList();
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
    synchronized (this) {
      dropped += waiting.size();
      waiting.clear();
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
          .computeIfAbsent(
              metric, key -> new Sum(new Series(task.stream(), task.rendition(), track, key)))
          .add(value);
    }

    /** Hands the second over. */
    void hand() {
      List<Sample> samples = new ArrayList<>();
      for (Map<String, Sum> metrics : byTrack.values()) {
        for (Sum sum : metrics.values()) {
          if (sum.count > 0) {
            samples.add(
                new Sample(
                    sum.series, new Bucket(second * 1000, sum.count, sum.sum, sum.min, sum.max)));
            sum.clear();
          }
        }
      }
      if (!samples.isEmpty()) {
        MetricRecorder.this.add(samples);
      }
    }
  }

  /** One curve within the second. */
  private static final class Sum {
    private final Series series;
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    Sum(Series series) {
      this.series = series;
    }

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
