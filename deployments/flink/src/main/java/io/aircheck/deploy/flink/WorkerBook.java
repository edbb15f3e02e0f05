package io.aircheck.deploy.flink;

import io.aircheck.core.meter.Usage;
import java.util.HashMap;
import java.util.Map;

/**
 * What all workers of a job have used since they first called, those that have gone included.
 * Thread-safe.
 */
final class WorkerBook {
  private record Entry(WorkerUsage first, WorkerUsage last) {}

  private final Map<String, Entry> entries = new HashMap<>();

  /** A worker has called; one whose process is metered here anyway is not counted. */
  synchronized void called(WorkerUsage used) {
    Entry before = entries.get(used.process());
    if (before != null) {
      entries.put(used.process(), new Entry(before.first(), used));
    } else if (!used.isCountedHere()) {
      entries.put(used.process(), new Entry(used, used));
    }
  }

  synchronized Usage usage() {
    return entries.values().stream()
        .map(entry -> entry.last().toUsage().since(entry.first().toUsage()))
        .reduce(Usage.NONE, Usage::plus);
  }
}
