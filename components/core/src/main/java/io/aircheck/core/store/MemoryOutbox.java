package io.aircheck.core.store;

import io.aircheck.core.notify.Notification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An outbox in memory. */
final class MemoryOutbox implements Outbox {
  /** In the order in which they came. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  synchronized void add(Notification notification) {
    long now = notification.change().atMillis();
    entries.putIfAbsent(
        notification.key(),
        new Entry(notification, Status.PENDING, 0, now, now, OptionalLong.empty(), ""));
  }

  synchronized void forget(String incident) {
    entries.values().removeIf(entry -> of(entry, incident));
  }

  @Override
  public synchronized List<Entry> due(long nowMillis, Set<String> exceptChannels, int limit) {
    Set<String> lanes = new HashSet<>();
    List<Entry> due = new ArrayList<>();
    for (Entry entry : entries.values()) {
      Notification notification = entry.notification();
      String lane = notification.channel() + " " + notification.change().incident().id();
      // Only the first of a lane counts: what comes after it waits for it.
      if (entry.status() == Status.PENDING
          && !exceptChannels.contains(notification.channel())
          && lanes.add(lane)
          && entry.nextAttemptMillis() <= nowMillis) {
        due.add(entry);
      }
    }
    due.sort(Comparator.comparingLong(Entry::nextAttemptMillis));
    return List.copyOf(due.subList(0, Math.min(limit, due.size())));
  }

  @Override
  public synchronized OptionalLong nextDueMillis(long afterMillis) {
    return entries.values().stream()
        .filter(entry -> entry.status() == Status.PENDING)
        .mapToLong(Entry::nextAttemptMillis)
        .filter(millis -> millis > afterMillis)
        .min();
  }

  @Override
  public synchronized void record(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      entries.computeIfPresent(outcome.key(), (key, entry) -> after(entry, outcome));
    }
  }

  private static Entry after(Entry entry, Outcome outcome) {
    boolean pending = outcome.status() == Status.PENDING;
    return new Entry(
        entry.notification(),
        outcome.status(),
        entry.attempts() + 1,
        entry.createdMillis(),
        pending ? outcome.millis() : entry.nextAttemptMillis(),
        pending ? OptionalLong.empty() : OptionalLong.of(outcome.millis()),
        outcome.answer());
  }

  @Override
  public synchronized boolean revive(String key, long atMillis) {
    Entry entry = entries.get(key);
    if (entry == null || entry.status() != Status.DEAD) {
      return false;
    }
    entries.put(
        key,
        new Entry(
            entry.notification(),
            Status.PENDING,
            entry.attempts(),
            entry.createdMillis(),
            atMillis,
            OptionalLong.empty(),
            entry.answer()));
    return true;
  }

  @Override
  public synchronized Optional<Entry> find(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public synchronized Page<Entry> list(
      Set<Status> statuses, Optional<String> incident, Optional<String> cursor, int limit) {
    List<Entry> all =
        new ArrayList<>(entries.values())
            .reversed().stream()
                .filter(entry -> statuses.isEmpty() || statuses.contains(entry.status()))
                .filter(entry -> incident.isEmpty() || of(entry, incident.get()))
                .toList();
    return Pages.of(all, entry -> entry.notification().key(), cursor, limit);
  }

  private static boolean of(Entry entry, String incident) {
    return entry.notification().change().incident().id().equals(incident);
  }
}
