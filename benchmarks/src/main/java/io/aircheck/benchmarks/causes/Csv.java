package io.aircheck.benchmarks.causes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * A table of a data set: a line of names, then lines of values, without quotes. Its rows, each with
 * its values by column, are read once and one by one: the largest table has 24 million. Not
 * thread-safe.
 */
final class Csv implements AutoCloseable, Iterable<String[]> {
  private final Path file;
  private final BufferedReader lines;
  private final Iterator<String> left;
  private final List<String> names;

  private Csv(Path file) throws IOException {
    this.file = file;
    lines = Files.newBufferedReader(file);
    left = lines.lines().filter(line -> !line.isBlank()).iterator();
    if (!left.hasNext()) {
      lines.close();
      throw new IOException(file + " is empty: not a table of a data set");
    }
    names = List.of(left.next().split(",", -1));
  }

  /** Begins to read a table. */
  static Csv open(Path file) throws IOException {
    return new Csv(file);
  }

  /** Names of the columns that are not among these, in their order. */
  List<String> without(List<String> others) {
    return names.stream().filter(name -> !others.contains(name)).toList();
  }

  /** Where the values of a column are in a row. */
  int column(String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(file + " has no column " + name);
    }
    return column;
  }

  /** Where the values of some columns are in a row. */
  int[] columns(List<String> names) {
    return names.stream().mapToInt(this::column).toArray();
  }

  /** The rows that are left. A row with more values than columns, or fewer, is refused. */
  @Override
  public Iterator<String[]> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return left.hasNext();
      }

      @Override
      public String[] next() {
        return row(left.next());
      }
    };
  }

  private String[] row(String line) {
    String[] row = line.split(",", -1);
    if (row.length != names.size()) {
      throw new IllegalArgumentException(
          "%s: %d values for %d columns: %s".formatted(file, row.length, names.size(), line));
    }
    return row;
  }

  /** The values that a row has in some columns. */
  static List<String> values(String[] row, int[] columns) {
    String[] values = new String[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = row[columns[i]];
    }
    return List.of(values);
  }

  static double number(String[] row, int column) {
    return Double.parseDouble(row[column]);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
