package io.aircheck.core.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Metrics in memory. */
final class MemoryMetrics implements MetricHistory {
  private static final long MINUTE_MILLIS = 60_000;

  private final Map<Series, TreeMap<Long, Bucket>> seconds = new HashMap<>();
  private final Map<Series, TreeMap<Long, Bucket>> minutes = new HashMap<>();

  @Override
  public synchronized void append(List<Sample> samples) {
    for (Sample sample : samples) {
      merge(seconds, sample.series(), sample.bucket());
    }
  }

  private static void merge(
      Map<Series, TreeMap<Long, Bucket>> curves, Series series, Bucket bucket) {
    curves
        .computeIfAbsent(series, s -> new TreeMap<>())
        .merge(bucket.fromMillis(), bucket, Bucket::plus);
  }

  @Override
  public synchronized List<Series> series(String stream, long fromMillis, long toMillis) {
    List<Series> found = new ArrayList<>();
    for (Map<Series, TreeMap<Long, Bucket>> curves : List.of(seconds, minutes)) {
      curves.forEach(
          (series, buckets) -> {
            if (series.stream().equals(stream)
                && !found.contains(series)
                && !buckets.subMap(fromMillis, toMillis).isEmpty()) {
              found.add(series);
            }
          });
    }
    found.sort(ORDER);
    return found;
  }

  @Override
  public synchronized List<Bucket> query(
      Series series, long fromMillis, long toMillis, long stepMillis) {
    NavigableMap<Long, Bucket> steps = new TreeMap<>();
    for (Map<Series, TreeMap<Long, Bucket>> curves : List.of(minutes, seconds)) {
      curves
          .getOrDefault(series, new TreeMap<>())
          .subMap(fromMillis, toMillis)
          .values()
          .forEach(bucket -> merge(steps, bucket, stepMillis));
    }
    return List.copyOf(steps.values());
  }

  @Override
  public synchronized SortedMap<Series, List<Bucket>> curves(
      String stream, long fromMillis, long toMillis, long stepMillis) {
    SortedMap<Series, List<Bucket>> curves = new TreeMap<>(ORDER);
    for (Series series : series(stream, fromMillis, toMillis)) {
      curves.put(series, query(series, fromMillis, toMillis, stepMillis));
    }
    return curves;
  }

  @Override
  public synchronized void compact(long secondsBeforeMillis, long minutesBeforeMillis) {
    seconds.forEach(
        (series, buckets) -> {
          NavigableMap<Long, Bucket> old = buckets.headMap(secondsBeforeMillis, false);
          TreeMap<Long, Bucket> kept = minutes.computeIfAbsent(series, s -> new TreeMap<>());
          old.values().forEach(bucket -> merge(kept, bucket, MINUTE_MILLIS));
          old.clear();
        });
    minutes.values().forEach(buckets -> buckets.headMap(minutesBeforeMillis, false).clear());
    seconds.values().removeIf(TreeMap::isEmpty);
    minutes.values().removeIf(TreeMap::isEmpty);
  }

  private static void merge(NavigableMap<Long, Bucket> steps, Bucket bucket, long stepMillis) {
    Bucket moved = bucket.inSteps(stepMillis);
    steps.merge(moved.fromMillis(), moved, Bucket::plus);
  }
}
