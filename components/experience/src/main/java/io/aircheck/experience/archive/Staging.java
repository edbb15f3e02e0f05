package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Facts on their way to a table: what it does not take waits here and is offered again. Not
 * thread-safe.
 */
final class Staging {
  private final FactTable table;

  /** By batches, in the portions in which they came. */
  private final TreeMap<Long, List<List<Fact>>> waiting = new TreeMap<>();

  Staging(FactTable table) {
    this.table = table;
  }

  void add(Map<Long, List<Fact>> batches) {
    batches.forEach(
        (batch, facts) -> waiting.computeIfAbsent(batch, added -> new ArrayList<>()).add(facts));
  }

  /** How many wait. */
  int size() {
    return waiting.values().stream().flatMap(List::stream).mapToInt(List::size).sum();
  }

  /** Forgets facts with a number in a cell; whether there were any. */
  boolean erase(int cell, long number) {
    boolean found = false;
    for (List<List<Fact>> portions : waiting.values()) {
      for (List<Fact> facts : portions) {
        found |= facts.removeIf(fact -> Long.valueOf(number).equals(fact.cells().get(cell)));
      }
    }
    return found;
  }

  /**
   * Gives all of them to the table. What is of a batch that was committed meanwhile goes with the
   * next one.
   *
   * @throws io.aircheck.core.store.StoreException when it cannot take them; they wait on
   */
  void stage() {
    Iterator<Map.Entry<Long, List<List<Fact>>>> batches = waiting.entrySet().iterator();
    while (batches.hasNext()) {
      Map.Entry<Long, List<List<Fact>>> batch = batches.next();
      long open =
          table.committed() == FactTable.NOTHING
              ? batch.getKey()
              : Math.max(batch.getKey(), table.committed() + ArchivePolicy.HOUR_MILLIS);
      Iterator<List<Fact>> portions = batch.getValue().iterator();
      while (portions.hasNext()) {
        table.stage(open, portions.next());
        portions.remove();
      }
      batches.remove();
    }
  }
}
