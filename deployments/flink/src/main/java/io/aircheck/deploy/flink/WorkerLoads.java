package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.WorkerLoad;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How busy the workers of a job are, by what they say every few seconds. Thread-safe. */
final class WorkerLoads {
  /** A worker that has said nothing for so long is gone, or its job is. */
  private static final long GONE_NANOS = 30_000_000_000L;

  /** A stream that was not named for so long is elsewhere: readers call every five seconds. */
  private static final long MOVED_NANOS = 15_000_000_000L;

  private static final class Worker {
    private final WorkerPlace place;
    private final Rate cpuSeconds = new Rate();
    private final Rate memoryGbSeconds = new Rate();
    private final Map<String, Rate> streamNanos = new HashMap<>();

    Worker(WorkerPlace place) {
      this.place = place;
    }

    void called(WorkerCall call, long nowNanos) {
      cpuSeconds.told(nowNanos, call.used().cpuSeconds());
      memoryGbSeconds.told(nowNanos, call.used().memoryGbSeconds());
      call.streams()
          .forEach(
              (stream, nanos) ->
                  streamNanos.computeIfAbsent(stream, named -> new Rate()).told(nowNanos, nanos));
      streamNanos.values().removeIf(rate -> nowNanos - rate.toldNanos() > MOVED_NANOS);
    }

    WorkerLoad load(double cores) {
      double usedCores = cpuSeconds.perSecond();
      double tasks = streamNanos.values().stream().mapToDouble(Rate::perSecond).sum();
      Map<String, Double> byStream = new HashMap<>();
      streamNanos.forEach(
          (stream, rate) ->
              byStream.put(stream, tasks == 0 ? 0 : usedCores * rate.perSecond() / tasks));
      return new WorkerLoad(place.name(), cores, usedCores, memoryGbSeconds.perSecond(), byStream);
    }
  }

  private final Map<String, Worker> workers = new TreeMap<>();

  /** A reader of a worker has called. */
  synchronized void called(WorkerCall call, long nowNanos) {
    workers
        .computeIfAbsent(call.used().teller(), process -> new Worker(call.place()))
        .called(call, nowNanos);
  }

  /** Those that have called lately. */
  synchronized List<WorkerLoad> loads(long nowNanos) {
    workers.values().removeIf(worker -> nowNanos - worker.cpuSeconds.toldNanos() > GONE_NANOS);
    return workers.values().stream().map(worker -> worker.load(cores(worker.place))).toList();
  }

  /** What it may use; of a machine that several may use altogether, its part. */
  private double cores(WorkerPlace place) {
    double wanted =
        workers.values().stream()
            .filter(other -> other.place.machine().equals(place.machine()))
            .mapToDouble(other -> other.place.processors())
            .sum();
    return place.processors() * Math.min(1, place.machineProcessors() / wanted);
  }
}
