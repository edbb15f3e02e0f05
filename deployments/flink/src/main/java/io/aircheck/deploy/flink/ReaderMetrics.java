package io.aircheck.deploy.flink;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.WatchedTime;
import io.aircheck.core.observe.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a reader tells as metrics of Flink, for whoever has no service to ask. Sums over its
 * streams: a metric of Flink lasts as long as its operator, and streams come and go. Used by the
 * thread of the reader, but for what gauges show.
 */
final class ReaderMetrics {
  private record Task(String run, String name) {}

  private static final class Seen {
    private boolean up;
    private long skippedFrames;
  }

  private final Map<Task, Seen> tasks = new HashMap<>();
  private final Map<String, WatchedTime> watched = new HashMap<>();
  private final Meter meter = new Meter();
  private final Counter observations;
  private final Counter skippedFrames;
  private volatile int streams;
  private volatile long streamsUp;

  /**
   * @param metrics where all of them are registered
   */
  ReaderMetrics(MetricGroup metrics) {
    observations = metrics.counter("observations");
    skippedFrames = metrics.counter("skipped_frames");
    gauge(metrics, "streams", () -> streams);
    gauge(metrics, "streams_up", () -> streamsUp);
    gauge(metrics, "usage_stream_seconds", () -> meter.usage().of(Quantity.STREAM_SECONDS));
    gauge(metrics, "usage_cpu_seconds", () -> WorkerMeter.used().cpuSeconds());
    gauge(metrics, "usage_memory_gb_seconds", () -> WorkerMeter.used().memoryGbSeconds());
  }

  private static void gauge(MetricGroup metrics, String name, Gauge<Number> value) {
    metrics.gauge(name, value);
  }

  /** These runs are watched, and no others any more. */
  void watching(Set<String> runs) {
    streams = runs.size();
    tasks.keySet().removeIf(task -> !runs.contains(task.run()));
    watched.keySet().retainAll(runs);
    countUp();
  }

  /** A task has come further. */
  void advanced(StreamReport.Advanced report) {
    for (StreamReport.Seen seen : report.seen()) {
      if (!(seen.observation().observation() instanceof Observation.Fingerprinted)) {
        observations.inc();
      }
    }
    String run = report.run().id();
    if (report.watching()) {
      // What was watched before, here or elsewhere, was counted then.
      watched
          .computeIfAbsent(run, begun -> new WatchedTime(meter, report.reachedMicros()))
          .reached(report.reachedMicros());
    }
    Seen seen = tasks.computeIfAbsent(new Task(run, report.task()), begun -> new Seen());
    report.glimpse().shedding().ifPresent(now -> skipped(seen, now.skippedFrames()));
    become(seen, report.glimpse().state().orElse(null));
  }

  private void skipped(Seen seen, long frames) {
    skippedFrames.inc(Math.max(0, frames - seen.skippedFrames));
    seen.skippedFrames = frames;
  }

  private void become(Seen seen, Glimpse.@Nullable State state) {
    if (state != null) {
      seen.up = state instanceof Glimpse.State.Watching;
      countUp();
    }
  }

  private void countUp() {
    streamsUp =
        tasks.entrySet().stream()
            .filter(task -> task.getValue().up)
            .map(task -> task.getKey().run())
            .collect(Collectors.toSet())
            .size();
  }
}
