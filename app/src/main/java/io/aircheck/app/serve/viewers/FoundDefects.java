package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.store.IncidentStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Incidents of streams, whether they go on or are over. Thread-safe. */
final class FoundDefects {
  /** More of one alert would not be read. */
  private static final int MOST = 100;

  private final Supplier<Collection<Incident>> active;
  private final IncidentStore past;

  /**
   * Defects of a monitor.
   *
   * @param active incidents that are not closed
   * @param past those that are, at least
   */
  FoundDefects(Supplier<Collection<Incident>> active, IncidentStore past) {
    this.active = active;
    this.past = past;
  }

  static FoundDefects of(Incidents incidents, IncidentStore past) {
    return new FoundDefects(incidents::active, past);
  }

  /**
   * Incidents of some streams that are there now or were at or after a time; what goes on first,
   * each kind the most recent first.
   *
   * @throws io.aircheck.core.store.StoreException when it is not known what is over
   */
  List<Incident> since(Set<String> streams, long millis) {
    if (streams.isEmpty()) {
      return List.of();
    }
    // In this order, so that one that is closed meanwhile is in both and not in neither.
    Collection<Incident> going = active.get();
    Map<String, Incident> found = new LinkedHashMap<>();
    going.stream()
        .filter(incident -> streams.contains(incident.stream()))
        .filter(incident -> isOpen(incident) || incident.lastSeenMillis() >= millis)
        .sorted(
            Comparator.comparing(Incident::state)
                .thenComparing(Comparator.comparingLong(Incident::openedMillis).reversed()))
        .forEach(incident -> found.put(incident.id(), incident));
    past.list(closed(streams, millis), Optional.empty(), MOST)
        .items()
        .forEach(incident -> found.putIfAbsent(incident.id(), incident));
    return List.copyOf(found.values());
  }

  private static boolean isOpen(Incident incident) {
    return incident.state() == Incident.State.OPEN;
  }

  private static IncidentStore.Query closed(Set<String> streams, long millis) {
    return new IncidentStore.Query(
        Set.of(),
        streams,
        Set.of(Incident.State.CLOSED),
        Set.of(),
        Set.of(),
        OptionalLong.of(millis),
        OptionalLong.empty());
  }
}
