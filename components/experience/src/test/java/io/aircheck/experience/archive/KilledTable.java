package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactSpread;
import io.aircheck.core.fact.FactTable;
import io.aircheck.core.fact.MemoryFacts;
import io.aircheck.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table that outlives processes: what is committed stays, what is staged goes with a kill. */
final class KilledTable implements FactTable {
  private final MemoryFacts kept;
  private final TreeMap<Long, List<Fact>> staged = new TreeMap<>();
  private boolean full;

  KilledTable(FactLayout layout) {
    kept = new MemoryFacts(layout);
  }

  /** The process ends. */
  void kill() {
    staged.clear();
  }

  /** Whether it takes nothing. */
  void setFull(boolean now) {
    full = now;
  }

  private void checkRoom() {
    if (full) {
      throw new StoreException("No space left on device", true, null);
    }
  }

  @Override
  public FactLayout layout() {
    return kept.layout();
  }

  @Override
  public long committed() {
    return kept.committed();
  }

  @Override
  public void stage(long batchMillis, List<Fact> facts) {
    checkRoom();
    if (batchMillis <= committed()) {
      throw new IllegalArgumentException("the batch is committed");
    }
    staged.computeIfAbsent(batchMillis, batch -> new ArrayList<>()).addAll(facts);
  }

  @Override
  public void commit(long batchMillis) {
    checkRoom();
    Map<Long, List<Fact>> due = staged.headMap(batchMillis, true);
    due.forEach(kept::stage);
    kept.commit(batchMillis);
    due.clear();
  }

  @Override
  public List<FactLine> ask(FactQuestion question) {
    return kept.ask(question);
  }

  @Override
  public List<FactSpread> spread(FactQuestion question, String over, String under) {
    return kept.spread(question, over, under);
  }

  @Override
  public boolean erase(String number, long value) {
    return kept.erase(number, value);
  }

  @Override
  public void removeBefore(long millis) {
    kept.removeBefore(millis);
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void close() {}
}
