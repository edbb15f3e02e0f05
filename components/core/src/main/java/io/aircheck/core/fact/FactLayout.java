package io.aircheck.core.fact;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the facts of a table have, besides their time. Names are letters and digits.
 *
 * @param name of the table
 * @param columns in the order of the cells of facts
 */
public record FactLayout(String name, List<Column> columns) {
  /** Name of the time that every fact has. */
  public static final String TIME = "time";

  /** What a cell holds, and what becomes of it where facts are put together. */
  public enum Kind {
    /** A text by which facts differ; null is not known. */
    TEXT,
    /** A whole number by which facts differ. */
    NUMBER,
    /** Texts by names of their own, by which facts differ. At most one column is this. */
    LABELS,
    /** Milliseconds since the epoch, or null; the earliest stays. */
    EARLIEST,
    /** Milliseconds since the epoch, or null; the latest stays. */
    LATEST,
    /** A text that belongs to the nearest {@link #LATEST} before it, and stays with it. */
    WORD,
    /** A whole number that is summed. */
    SUM;

    /** Whether facts differ by it. */
    public boolean isKey() {
      return this == TEXT || this == NUMBER || this == LABELS;
    }
  }

  /**
   * A column.
   *
   * @param name unique in its table
   */
  public record Column(String name, Kind kind) {}

  /**
   * @throws IllegalArgumentException if a name is there twice, or is none
   */
  public FactLayout {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>(Set.of(TIME));
    boolean hasLatest = false;
    for (Column column : columns) {
      if (!column.name().matches("[A-Za-z][A-Za-z0-9]*") || !names.add(column.name())) {
        throw new IllegalArgumentException("no name of a column of its own: " + column.name());
      }
      hasLatest |= column.kind() == Kind.LATEST;
      if (column.kind() == Kind.WORD && !hasLatest) {
        throw new IllegalArgumentException(column.name() + " belongs to no time");
      }
    }
  }

  /** Names of the columns of a kind, in their order. */
  public List<String> names(Kind kind) {
    return columns.stream().filter(column -> column.kind() == kind).map(Column::name).toList();
  }

  /**
   * Where a column is among the cells.
   *
   * @throws IllegalArgumentException if there is none of that name and kind
   */
  public int indexOf(String column, Kind kind) {
    int at = columns.indexOf(new Column(column, kind));
    if (at < 0) {
      throw new IllegalArgumentException("%s has no %s %s".formatted(name, kind, column));
    }
    return at;
  }
}
