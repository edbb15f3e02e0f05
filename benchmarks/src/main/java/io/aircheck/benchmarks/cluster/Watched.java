package io.aircheck.benchmarks.cluster;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.deploy.flink.Glimpse;
import io.aircheck.deploy.flink.JobListener;
import io.aircheck.deploy.inprocess.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has come of a run: incidents, and when each stream was watched. Thread-safe. */
final class Watched implements JobListener {
  /** A later incident than this after its fault began is about something else. */
  private static final long LATEST_MILLIS = 75_000;

  /** Between two moments at which a stream was watched. */
  record Gap(String stream, long fromMillis, long toMillis) {
    double seconds() {
      return (toMillis - fromMillis) / 1e3;
    }
  }

  private final Map<String, List<Long>> reached = new HashMap<>();
  private final List<IncidentChange> changes = new ArrayList<>();

  @Override
  public synchronized void seen(TaskId task, long reachedMicros, long atMillis, Glimpse glimpse) {
    reached.computeIfAbsent(task.stream(), key -> new ArrayList<>()).add(atMillis);
    notifyAll();
  }

  @Override
  public synchronized void incident(IncidentChange change) {
    changes.add(change);
  }

  /** Streams that have been watched at all. */
  synchronized int streams() {
    return reached.size();
  }

  /**
   * For each stream, how long after a moment it was watched again; those missing that were not yet.
   */
  synchronized Map<String, Double> againAfter(long moment) {
    Map<String, Double> again = new TreeMap<>();
    reached.forEach(
        (stream, times) ->
            times.stream()
                .filter(time -> time > moment)
                .findFirst()
                .ifPresent(time -> again.put(stream, (time - moment) / 1e3)));
    return again;
  }

  /** The longest time without a word of a stream that lies around a moment, for each stream. */
  synchronized List<Gap> gapsAround(long fromMillis, long toMillis) {
    List<Gap> gaps = new ArrayList<>();
    reached.forEach(
        (stream, times) -> {
          Gap longest = null;
          for (int i = 1; i < times.size(); i++) {
            Gap gap = new Gap(stream, times.get(i - 1), times.get(i));
            boolean there = gap.toMillis() > fromMillis && gap.fromMillis() < toMillis;
            if (there && (longest == null || gap.seconds() > longest.seconds())) {
              longest = gap;
            }
          }
          if (longest != null) {
            gaps.add(longest);
          }
        });
    return gaps;
  }

  /**
   * How often each fault was opened and closed as an incident.
   *
   * @param faults which to look for; incidents of others are not counted
   */
  synchronized Map<SteadyOrigin.OnAir, String> outcomes(List<SteadyOrigin.OnAir> faults) {
    Map<SteadyOrigin.OnAir, String> outcomes = new HashMap<>();
    for (SteadyOrigin.OnAir fault : faults) {
      Map<IncidentChange.Type, Integer> counts = new TreeMap<>();
      for (IncidentChange change : changes) {
        long delay = change.incident().openedMillis() - fault.startMillis();
        boolean about =
            change.incident().stream().equals(fault.stream())
                && change.incident().cause().equals(fault.kind())
                && delay >= 0
                && delay < LATEST_MILLIS;
        if (about) {
          counts.merge(change.type(), 1, Integer::sum);
        }
      }
      outcomes.put(
          fault,
          "opened %d, closed %d, recurred %d"
              .formatted(
                  counts.getOrDefault(IncidentChange.Type.OPENED, 0),
                  counts.getOrDefault(IncidentChange.Type.CLOSED, 0),
                  counts.getOrDefault(IncidentChange.Type.RECURRED, 0)));
    }
    return outcomes;
  }

  /** Incidents opened, by cause. */
  synchronized Map<String, Integer> opened() {
    Map<String, Integer> opened = new TreeMap<>();
    for (IncidentChange change : changes) {
      if (change.type() == IncidentChange.Type.OPENED) {
        opened.merge(change.incident().cause(), 1, Integer::sum);
      }
    }
    return opened;
  }
}
