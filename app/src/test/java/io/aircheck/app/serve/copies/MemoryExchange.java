package io.aircheck.app.serve.copies;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.core.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An exchange of threads, over a store in memory; it can be away, and its term can end. */
final class MemoryExchange implements IncidentExchange {
  private final MemoryStore store;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private final Map<Long, String> senders = new HashMap<>();
  private final Map<String, Boolean> answers = new HashMap<>();
  private final List<IncidentChange> changes = new ArrayList<>();
  private final Map<String, Long> sent = new HashMap<>();
  private final Set<Assignment> lost = new HashSet<>();
  private long serial;
  private long term;
  private boolean away;

  MemoryExchange(MemoryStore store) {
    this.store = store;
  }

  synchronized void term(long now) {
    term = now;
  }

  synchronized void away(boolean now) {
    away = now;
    notifyAll();
  }

  /** A share goes to another copy. */
  synchronized void lose(Assignment share) {
    lost.add(share);
  }

  private void work() {
    if (away) {
      throw new StoreException("away", true, null);
    }
    notifyAll();
  }

  /** Waits until something is as it should be, which something done here has to change. */
  synchronized void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("nothing came of it; waiting: " + waiting);
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
    }
  }

  @Override
  public synchronized Set<Assignment> send(String copy, List<Input> inputs) {
    work();
    Set<Assignment> refused = new HashSet<>();
    for (Input input : inputs) {
      if (input.number() <= sent.getOrDefault(copy, 0L)) {
        continue;
      }
      sent.put(copy, input.number());
      if (input.by().isPresent() && lost.contains(input.by().get())) {
        refused.add(input.by().get());
        continue;
      }
      long epoch = input.by().map(Assignment::epoch).orElse(0L);
      waiting.put(++serial, new Waiting(serial, epoch, input.type(), input.body()));
      senders.put(serial, copy + "/" + input.number());
    }
    return refused;
  }

  @Override
  public synchronized List<Waiting> waiting(Set<Long> except, int limit) {
    work();
    return waiting.values().stream()
        .filter(input -> !except.contains(input.serial()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean commit(long ofTerm, List<Commit> steps, List<Taken> inputs) {
    work();
    if (ofTerm != term) {
      return false;
    }
    store.incidents().commit(steps);
    steps.forEach(step -> changes.addAll(step.changes()));
    for (Taken input : inputs) {
      waiting.remove(input.serial());
      input
          .answer()
          .ifPresent(answer -> answers.put(senders.getOrDefault(input.serial(), ""), answer));
    }
    return true;
  }

  @Override
  public synchronized Optional<Boolean> answer(String copy, long number) {
    work();
    return Optional.ofNullable(answers.get(copy + "/" + number));
  }

  @Override
  public synchronized long lastChange() {
    work();
    return changes.size();
  }

  @Override
  public synchronized List<Numbered> changesAfter(long after, int limit) {
    work();
    List<Numbered> found = new ArrayList<>();
    for (int i = (int) after; i < changes.size() && found.size() < limit; i++) {
      found.add(new Numbered(i + 1, changes.get(i)));
    }
    return found;
  }

  @Override
  public void close() {}
}
