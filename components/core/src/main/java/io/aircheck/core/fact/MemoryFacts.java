package io.aircheck.core.fact;

import io.aircheck.core.fact.FactLayout.Column;
import io.aircheck.core.fact.FactLayout.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Facts in memory, of which nothing outlives the process. */
public final class MemoryFacts implements FactTable {
  private static final long HOUR_MILLIS = 3_600_000;

  private final FactLayout layout;
  private final List<Fact> kept = new ArrayList<>();
  private final TreeMap<Long, List<Fact>> staged = new TreeMap<>();
  private long committed = NOTHING;

  /** An empty table. */
  public MemoryFacts(FactLayout layout) {
    this.layout = layout;
  }

  /** The times and keys by which facts differ. */
  private record Key(long timeMillis, List<@Nullable Object> cells) {}

  @Override
  public FactLayout layout() {
    return layout;
  }

  @Override
  public synchronized long committed() {
    return committed;
  }

  @Override
  public synchronized void stage(long batchMillis, List<Fact> facts) {
    if (batchMillis <= committed) {
      throw new IllegalArgumentException("the batch is committed");
    }
    staged.computeIfAbsent(batchMillis, batch -> new ArrayList<>()).addAll(facts);
  }

  @Override
  public synchronized void commit(long batchMillis) {
    Map<Long, List<Fact>> due = staged.headMap(batchMillis, true);
    due.values().forEach(batch -> kept.addAll(merged(batch)));
    due.clear();
    committed = Math.max(committed, batchMillis);
  }

  private Collection<Fact> merged(List<Fact> batch) {
    Map<Key, Fact> merged = new LinkedHashMap<>();
    for (Fact fact : batch) {
      merged.merge(new Key(fact.timeMillis(), keys(fact)), fact, this::plus);
    }
    return merged.values();
  }

  private List<@Nullable Object> keys(Fact fact) {
    List<@Nullable Object> keys = new ArrayList<>();
    for (int i = 0; i < layout.columns().size(); i++) {
      if (layout.columns().get(i).kind().isKey()) {
        keys.add(fact.cells().get(i));
      }
    }
    return keys;
  }

  private Fact plus(Fact one, Fact other) {
    @Nullable Object[] cells = new Object[layout.columns().size()];
    boolean otherIsLater = false;
    for (int i = 0; i < cells.length; i++) {
      Object a = one.cells().get(i);
      Object b = other.cells().get(i);
      Kind kind = layout.columns().get(i).kind();
      if (kind == Kind.LATEST) {
        otherIsLater = b != null && (a == null || (Long) b > (Long) a);
      }
      cells[i] =
          switch (kind) {
            case TEXT, NUMBER, LABELS -> a;
            case EARLIEST -> a == null || (b != null && (Long) b < (Long) a) ? b : a;
            case LATEST, WORD -> otherIsLater ? b : a;
            case SUM -> number(a) + number(b);
          };
    }
    return new Fact(one.timeMillis(), Arrays.asList(cells));
  }

  private static long number(@Nullable Object cell) {
    return cell == null ? 0 : (Long) cell;
  }

  private List<Fact> matching(FactQuestion question) {
    question.sums().forEach(this::sumAt);
    List<Fact> all = new ArrayList<>(kept);
    staged.values().forEach(batch -> all.addAll(merged(batch)));
    all.removeIf(
        fact ->
            fact.timeMillis() < question.fromMillis()
                || fact.timeMillis() >= question.toMillis()
                || question.where().entrySet().stream()
                    .anyMatch(wanted -> !value(fact, wanted.getKey()).equals(wanted.getValue())));
    return all;
  }

  private String value(Fact fact, String dimension) {
    int text = layout.columns().indexOf(new Column(dimension, Kind.TEXT));
    if (text >= 0) {
      return fact.cells().get(text) instanceof String value ? value : "";
    }
    for (String labels : layout.names(Kind.LABELS)) {
      Object cell = fact.cells().get(layout.indexOf(labels, Kind.LABELS));
      if (cell instanceof Map<?, ?> map && map.get(dimension) instanceof String value) {
        return value;
      }
    }
    return "";
  }

  private int sumAt(String column) {
    return layout.indexOf(column, Kind.SUM);
  }

  private long sum(Fact fact, String column) {
    return number(fact.cells().get(sumAt(column)));
  }

  @Override
  public synchronized List<FactLine> ask(FactQuestion question) {
    Map<Key, List<Fact>> lines = new LinkedHashMap<>();
    for (Fact fact : matching(question)) {
      List<@Nullable Object> values = new ArrayList<>();
      question.by().forEach(dimension -> values.add(value(fact, dimension)));
      lines
          .computeIfAbsent(
              new Key(question.stepOf(fact.timeMillis()), values), key -> new ArrayList<>())
          .add(fact);
    }
    if (lines.size() > MOST_LINES) {
      throw FactTable.tooManyLines();
    }
    List<FactLine> answer = new ArrayList<>();
    lines.forEach(
        (key, facts) ->
            answer.add(
                new FactLine(
                    key.timeMillis(),
                    key.cells().stream().map(String::valueOf).toList(),
                    question.sums().stream()
                        .map(column -> facts.stream().mapToLong(f -> sum(f, column)).sum())
                        .toList(),
                    question.counts().stream().map(count -> count(facts, count)).toList())));
    return answer;
  }

  private long count(List<Fact> facts, FactQuestion.Count count) {
    int number = layout.indexOf(count.number(), Kind.NUMBER);
    Set<@Nullable Object> different = new HashSet<>();
    for (Fact fact : facts) {
      if (count.ifAny().isEmpty() || count.ifAny().stream().anyMatch(c -> sum(fact, c) > 0)) {
        different.add(fact.cells().get(number));
      }
    }
    return different.size();
  }

  @Override
  public synchronized List<FactSpread> spread(FactQuestion question, String over, String under) {
    sumAt(over);
    sumAt(under);
    Map<List<String>, Map<Double, Double>> weights = new HashMap<>();
    for (Fact fact : matching(question)) {
      long weight = sum(fact, under);
      if (weight > 0) {
        double value = Math.max(0, (double) sum(fact, over) / weight);
        weights
            .computeIfAbsent(
                question.by().stream().map(dimension -> value(fact, dimension)).toList(),
                values -> new TreeMap<>())
            .merge(
                value == 0 ? 0 : FactSpread.valueOf(FactSpread.binOf(value)),
                (double) weight,
                Double::sum);
      }
    }
    List<FactSpread> spread = new ArrayList<>();
    weights.forEach(
        (values, bins) ->
            bins.forEach((value, weight) -> spread.add(new FactSpread(values, value, weight))));
    return spread;
  }

  @Override
  public synchronized boolean erase(String number, long value) {
    int at = layout.indexOf(number, Kind.NUMBER);
    boolean found = kept.removeIf(fact -> number(fact.cells().get(at)) == value);
    for (List<Fact> batch : staged.values()) {
      found |= batch.removeIf(fact -> number(fact.cells().get(at)) == value);
    }
    return found;
  }

  @Override
  public synchronized void removeBefore(long millis) {
    kept.removeIf(fact -> Math.floorDiv(fact.timeMillis(), HOUR_MILLIS) * HOUR_MILLIS < millis);
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void close() {}
}
