package io.aircheck.benchmarks.cluster;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.deploy.flink.Glimpse;
import io.aircheck.deploy.flink.JobListener;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has come of a run: incidents, and when each stream was watched. Thread-safe. */
final class Watched implements JobListener {
  /** Between two moments at which a stream was watched. */
  record Gap(String stream, long fromMillis, long toMillis) {
    double seconds() {
      return (toMillis - fromMillis) / 1e3;
    }
  }

  /** Something that holds at last; looked at when there is news. */
  @FunctionalInterface
  interface Question {
    boolean holds() throws IOException;
  }

  private final long latestMillis;
  private final Map<String, List<Long>> reached = new HashMap<>();
  private final List<IncidentChange> changes = new ArrayList<>();
  private long news;

  /**
   * @param latestMillis a later incident than this after its fault began is about something else
   */
  Watched(long latestMillis) {
    this.latestMillis = latestMillis;
  }

  @Override
  public synchronized void seen(TaskId task, long reachedMicros, long atMillis, Glimpse glimpse) {
    reached.computeIfAbsent(task.stream(), key -> new ArrayList<>()).add(atMillis);
    news++;
    notifyAll();
  }

  @Override
  public synchronized void incident(IncidentChange change) {
    changes.add(change);
    news++;
    notifyAll();
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
   * What the run has told of faults.
   *
   * @param judged faults that are long enough ago
   * @param onAir all faults so far, the judged ones among them
   */
  synchronized Told told(List<SteadyOrigin.OnAir> judged, List<SteadyOrigin.OnAir> onAir) {
    Map<SteadyOrigin.OnAir, Fate> fates = new HashMap<>();
    for (SteadyOrigin.OnAir fault : judged) {
      int opened = 0;
      int closed = 0;
      int recurred = 0;
      for (IncidentChange change : changes) {
        if (isAbout(change.incident(), fault)) {
          switch (change.type()) {
            case OPENED -> opened++;
            case CLOSED -> closed++;
            case RECURRED -> recurred++;
            default -> {}
          }
        }
      }
      fates.put(fault, new Fate(opened, closed, recurred));
    }
    Map<String, Integer> others = new TreeMap<>();
    for (IncidentChange change : changes) {
      Incident incident = change.incident();
      if (change.type() == IncidentChange.Type.OPENED
          && onAir.stream().noneMatch(fault -> isAbout(incident, fault))) {
        others.merge(incident.cause(), 1, Integer::sum);
      }
    }
    return new Told(fates, others);
  }

  /** Waits until an incident of each of the faults is closed, or patience is at its end. */
  void awaitClosed(List<SteadyOrigin.OnAir> faults, long patienceMillis)
      throws IOException, InterruptedException {
    await(
        () -> told(faults, faults).faults().values().stream().allMatch(fate -> fate.closed() > 0),
        patienceMillis);
  }

  /**
   * Waits until something holds. It is asked now and after each news of the run: each stream gives
   * some every few seconds.
   *
   * @return whether it does, before patience was at its end
   */
  boolean await(Question question, long patienceMillis) throws IOException, InterruptedException {
    long deadline = System.currentTimeMillis() + patienceMillis;
    long known;
    do {
      known = news();
      if (question.holds()) {
        return true;
      }
    } while (isNewsSince(known, deadline));
    return false;
  }

  private synchronized long news() {
    return news;
  }

  private synchronized boolean isNewsSince(long known, long deadline) throws InterruptedException {
    long left = deadline - System.currentTimeMillis();
    while (news == known && left > 0) {
      wait(left);
      left = deadline - System.currentTimeMillis();
    }
    return left > 0;
  }

  private boolean isAbout(Incident incident, SteadyOrigin.OnAir fault) {
    long delay = incident.openedMillis() - fault.startMillis();
    return incident.stream().equals(fault.stream())
        && incident.cause().equals(fault.kind())
        && delay >= 0
        && delay < latestMillis;
  }
}
