package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import io.aircheck.experience.engine.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is new of views and not staged yet, in memory. Thread-safe. */
final class ViewHours {
  private final ArchivePolicy policy;
  private final long firstBatch;
  private Map<ViewHour.Key, ViewHour> views = new HashMap<>();

  /**
   * @param firstBatch what belongs to an earlier one is in the archive already
   */
  ViewHours(ArchivePolicy policy, long firstBatch) {
    this.policy = policy;
    this.firstBatch = firstBatch;
  }

  synchronized void add(List<Told> news) {
    for (Told told : news) {
      long hour = policy.hourOf(told.delta().windowMillis(), told.atMillis());
      long batch = policy.batchOf(hour, told.atMillis());
      if (batch >= firstBatch) {
        views
            .computeIfAbsent(ViewHour.Key.of(hour, batch, told.delta()), key -> new ViewHour())
            .add(told.delta());
      }
    }
  }

  synchronized int size() {
    return views.size();
  }

  /** Forgets a session; whether there was anything. */
  synchronized boolean erase(String session) {
    return views.keySet().removeIf(key -> key.session().equals(session));
  }

  /** Takes everything out, by batches. */
  Map<Long, List<Fact>> drain() {
    Map<ViewHour.Key, ViewHour> drained;
    synchronized (this) {
      drained = views;
      views = new HashMap<>();
    }
    Map<Long, List<Map.Entry<ViewHour.Key, ViewHour>>> batches = new TreeMap<>();
    for (Map.Entry<ViewHour.Key, ViewHour> view : drained.entrySet()) {
      batches.computeIfAbsent(view.getKey().batchMillis(), batch -> new ArrayList<>()).add(view);
    }
    Map<Long, List<Fact>> facts = new TreeMap<>();
    batches.forEach((batch, of) -> facts.put(batch, new HourlyFacts(of)));
    return facts;
  }
}
