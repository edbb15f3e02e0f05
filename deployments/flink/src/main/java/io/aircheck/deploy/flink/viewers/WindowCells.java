package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupRules;
import io.aircheck.core.viewer.RollupWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one grouping in one window. They are bounded: when there are too many before they
 * are told, the heaviest stay and the rest are summed as others; afterwards what has no cell is of
 * the others, so that a row that was told is never taken back.
 */
final class WindowCells {
  /** Values of dimensions. */
  record Key(List<String> values) {}

  /**
   * Sums.
   *
   * @param weight of how much
   * @param cell as the rules write it
   * @param changed whether it was not told so
   */
  @SuppressWarnings("ArrayRecordComponent") // written and read as they are, never compared
  record Sums(long weight, byte[] cell, boolean changed) {}

  /**
   * What is known beside the cells.
   *
   * @param cells how many there are
   * @param isTold whether any was told
   * @param others sums of what has no cell; null: there is none
   */
  record Head(int grouping, long windowMillis, int cells, boolean isTold, @Nullable Sums others) {
    static Head of(Portion portion) {
      return new Head(portion.grouping(), portion.windowMillis(), 0, false, null);
    }

    private Head with(int nextCells, @Nullable Sums nextOthers) {
      return new Head(grouping, windowMillis, nextCells, isTold, nextOthers);
    }

    /** Everything has been told. */
    Head told() {
      Sums same = others == null ? null : new Sums(others.weight(), others.cell(), false);
      return new Head(grouping, windowMillis, cells, true, same);
    }
  }

  private static final Comparator<Map.Entry<Key, Sums>> HEAVIEST_FIRST =
      Comparator.comparingLong((Map.Entry<Key, Sums> entry) -> entry.getValue().weight())
          .reversed()
          .thenComparing(entry -> String.join("\0", entry.getKey().values()));

  private final RollupRules<?> rules;
  private final MapState<Key, Sums> cells;

  WindowCells(RollupRules<?> rules, MapState<Key, Sums> cells) {
    this.rules = rules;
    this.cells = cells;
  }

  /** Adds a portion. */
  Head add(Head head, Portion portion) throws Exception {
    Key key = new Key(portion.key());
    Sums known = cells.get(key);
    Sums more = new Sums(portion.weight(), portion.sums(), true);
    if (known != null) {
      cells.put(key, both(head, known, more));
      return head;
    }
    Head next = head;
    if (head.cells() >= 2 * rules.mostKeys()) {
      if (head.isTold()) {
        return head.with(head.cells(), both(head, head.others(), more));
      }
      next = keepHeaviest(head);
    }
    cells.put(key, more);
    return next.with(next.cells() + 1, next.others());
  }

  private Head keepHeaviest(Head head) throws Exception {
    List<Map.Entry<Key, Sums>> all = new ArrayList<>();
    for (Map.Entry<Key, Sums> entry : cells.entries()) {
      all.add(Map.entry(entry.getKey(), entry.getValue()));
    }
    all.sort(HEAVIEST_FIRST);
    Sums others = head.others();
    for (Map.Entry<Key, Sums> light : all.subList(rules.mostKeys(), all.size())) {
      others = both(head, others, light.getValue());
      cells.remove(light.getKey());
    }
    return head.with(rules.mostKeys(), others);
  }

  private Sums both(Head head, @Nullable Sums one, Sums other) {
    return one == null
        ? other
        : new Sums(
            one.weight() + other.weight(),
            rules.merged(head.grouping(), one.cell(), other.cell()),
            true);
  }

  /** What is to be told: all of it for the first time, then what has changed. */
  RollupWindow told(Head head) throws Exception {
    List<RollupWindow.Row> rows = new ArrayList<>();
    List<Map.Entry<Key, Sums>> changed = new ArrayList<>();
    for (Map.Entry<Key, Sums> entry : cells.entries()) {
      if (entry.getValue().changed()) {
        changed.add(Map.entry(entry.getKey(), entry.getValue()));
      }
    }
    for (Map.Entry<Key, Sums> entry : changed) {
      Sums sums = entry.getValue();
      rows.add(row(entry.getKey().values(), false, sums));
      cells.put(entry.getKey(), new Sums(sums.weight(), sums.cell(), false));
    }
    Sums others = head.others();
    if (others != null && others.changed()) {
      rows.add(row(List.of(), true, others));
    }
    return new RollupWindow(
        head.windowMillis(),
        rules.windowMillis(),
        rules.groupings().get(head.grouping()),
        !head.isTold(),
        rows);
  }

  private RollupWindow.Row row(List<String> values, boolean isOthers, Sums sums) {
    return new RollupWindow.Row(
        values, isOthers, sums.weight(), rules.sums(sums.cell()), sums.cell());
  }

  void clear() {
    cells.clear();
  }
}
