package io.aircheck.deploy.flink;

import io.aircheck.core.meter.Usage;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the processes of a cluster have used since each was first told of, those that have gone
 * included. Thread-safe.
 */
final class ProcessBook {
  private record Entry(ProcessUsage first, ProcessUsage last) {
    Usage usage() {
      return last.toUsage().since(first.toUsage());
    }
  }

  private final Predicate<ProcessUsage> countedElsewhere;
  private final Map<String, Entry> entries = new HashMap<>();

  /**
   * @param countedElsewhere asked when a process is first told of: whether it is not to be counted
   */
  ProcessBook(Predicate<ProcessUsage> countedElsewhere) {
    this.countedElsewhere = countedElsewhere;
  }

  /** Somebody says what a process has used. */
  synchronized void told(ProcessUsage used) {
    Entry before = entries.get(used.meter());
    if (before != null) {
      entries.put(used.meter(), new Entry(before.first(), used));
    } else if (!countedElsewhere.test(used)) {
      entries.put(used.meter(), new Entry(used, used));
    }
  }

  /** All together, by what they are. */
  synchronized Map<ClusterPart, Usage> byPart() {
    Map<ClusterPart, Usage> parts = new EnumMap<>(ClusterPart.class);
    entries.values().forEach(entry -> parts.merge(entry.last().part(), entry.usage(), Usage::plus));
    return parts;
  }

  /** All of one part together. */
  Usage of(ClusterPart part) {
    return byPart().getOrDefault(part, Usage.NONE);
  }

  /** All together. */
  Usage usage() {
    return byPart().values().stream().reduce(Usage.NONE, Usage::plus);
  }
}
