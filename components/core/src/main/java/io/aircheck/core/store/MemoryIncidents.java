package io.aircheck.core.store;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Incidents in memory. */
final class MemoryIncidents implements IncidentStore {
  private static final Comparator<Incident> NEWEST_FIRST =
      Comparator.comparingLong(Incident::openedMillis).thenComparing(Incident::id).reversed();

  private final MemoryOutbox outbox;
  private final Map<String, byte[]> foldStates = new HashMap<>();
  private final Map<String, List<IncidentChange>> histories = new HashMap<>();

  MemoryIncidents(MemoryOutbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public synchronized void commit(List<Commit> steps) {
    for (Commit step : steps) {
      if (step.foldState().length == 0) {
        foldStates.remove(step.stream());
      } else {
        foldStates.put(step.stream(), step.foldState().clone());
      }
      for (IncidentChange change : step.changes()) {
        List<IncidentChange> history =
            histories.computeIfAbsent(change.incident().id(), id -> new ArrayList<>());
        int revision = change.incident().revision();
        if (history.stream().noneMatch(known -> known.incident().revision() == revision)) {
          history.add(change);
        }
      }
      for (Notification notification : step.notifications()) {
        outbox.add(notification);
      }
    }
  }

  @Override
  public synchronized Map<String, byte[]> foldStates() {
    return Map.copyOf(foldStates);
  }

  @Override
  public synchronized Optional<Incident> find(String id) {
    return Optional.ofNullable(histories.get(id)).map(history -> history.getLast().incident());
  }

  @Override
  public synchronized Page<Incident> list(Query query, Optional<String> cursor, int limit) {
    List<Incident> all =
        histories.values().stream()
            .map(history -> history.getLast().incident())
            .filter(query::matches)
            .sorted(NEWEST_FIRST)
            .toList();
    return Pages.of(all, Incident::id, cursor, limit);
  }

  @Override
  public synchronized List<IncidentChange> history(String id) {
    return List.copyOf(histories.getOrDefault(id, List.of()));
  }

  @Override
  public synchronized List<String> closedBefore(long millis, int limit) {
    return histories.values().stream()
        .map(history -> history.getLast().incident())
        .filter(i -> i.state() == Incident.State.CLOSED && i.lastSeenMillis() < millis)
        .sorted(Comparator.comparingLong(Incident::lastSeenMillis).thenComparing(Incident::id))
        .limit(limit)
        .map(Incident::id)
        .toList();
  }

  @Override
  public synchronized void forget(List<String> ids) {
    ids.forEach(histories::remove);
    ids.forEach(outbox::forget);
  }
}
