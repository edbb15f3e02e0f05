package io.aircheck.core.copies;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A directory in memory, for tests and for copies that are threads. */
public final class MemoryCopyDirectory implements CopyDirectory {
  private record Entry(Copy copy, boolean draining, long untilMillis) {}

  private final InstantSource clock;
  private final Map<String, Entry> entries = new TreeMap<>();
  private List<Assignment> assignments = List.of();
  private String leader = "";
  private long leadUntilMillis = Long.MIN_VALUE;
  private long term;
  private long changes;
  private long epoch;

  public MemoryCopyDirectory(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void join(Copy copy, Duration lease) {
    Entry before = entries.get(copy.id());
    boolean draining = before != null && before.draining();
    entries.put(copy.id(), new Entry(copy, draining, clock.millis() + lease.toMillis()));
  }

  @Override
  public synchronized boolean renew(String copy, Duration lease) {
    Entry entry = entries.get(copy);
    if (entry == null || !alive(copy)) {
      return false;
    }
    entries.put(copy, new Entry(entry.copy(), entry.draining(), clock.millis() + lease.toMillis()));
    return true;
  }

  private boolean alive(String copy) {
    Entry entry = entries.get(copy);
    return entry != null && entry.untilMillis() > clock.millis();
  }

  @Override
  public synchronized void drain(String copy) {
    entries.computeIfPresent(copy, (id, e) -> new Entry(e.copy(), true, e.untilMillis()));
  }

  @Override
  public synchronized void leave(String copy) {
    entries.remove(copy);
  }

  @Override
  public synchronized List<Member> members() {
    return entries.values().stream()
        .map(e -> new Member(e.copy(), e.draining(), alive(e.copy().id())))
        .toList();
  }

  @Override
  public synchronized OptionalLong lead(String copy, Duration lease) {
    boolean free = leadUntilMillis <= clock.millis();
    if (!free && !leader.equals(copy)) {
      return OptionalLong.empty();
    }
    // Whose lead has run out may have missed another one: it begins a new term as well.
    if (free) {
      term++;
    }
    leader = copy;
    leadUntilMillis = clock.millis() + lease.toMillis();
    return OptionalLong.of(term);
  }

  @Override
  public synchronized Optional<String> leader() {
    return leadUntilMillis > clock.millis() ? Optional.of(leader) : Optional.empty();
  }

  @Override
  public synchronized void resign(String copy) {
    if (leader.equals(copy)) {
      leadUntilMillis = clock.millis();
    }
  }

  @Override
  public synchronized boolean assign(long ofTerm, List<Place> places) {
    if (ofTerm != term || leadUntilMillis <= clock.millis()) {
      return false;
    }
    Set<List<String>> seen = new HashSet<>();
    List<Assignment> next = new ArrayList<>();
    for (Place place : places) {
      if (!seen.add(List.of(place.stream(), place.share()))) {
        throw new IllegalArgumentException("placed twice: " + place);
      }
    }
    for (Place place : places) {
      next.add(
          assignments.stream()
              .filter(a -> new Place(a.stream(), a.share(), a.copy()).equals(place))
              .findFirst()
              .orElseGet(
                  () -> new Assignment(place.stream(), place.share(), place.copy(), ++epoch)));
    }
    next.sort(Comparator.comparing(Assignment::stream).thenComparing(Assignment::share));
    assignments = List.copyOf(next);
    return true;
  }

  @Override
  public synchronized List<Assignment> assignments() {
    return assignments;
  }

  @Override
  public synchronized List<Assignment> assignments(String stream) {
    return assignments.stream().filter(a -> a.stream().equals(stream)).toList();
  }

  @Override
  public synchronized boolean holds(Assignment assignment) {
    return alive(assignment.copy()) && assignments.contains(assignment);
  }

  @Override
  public synchronized void announceChange() {
    changes++;
  }

  @Override
  public synchronized long changes() {
    return changes;
  }

  @Override
  public void close() {}
}
