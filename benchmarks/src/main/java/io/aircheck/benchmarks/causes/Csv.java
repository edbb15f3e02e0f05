package io.aircheck.benchmarks.causes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A table of a data set: a line of names, then lines of values, without quotes.
 *
 * @param names of the columns
 * @param rows values by column
 */
record Csv(List<String> names, List<String[]> rows) {
  static Csv read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      throw new IOException(file + " is empty: not a table of a data set");
    }
    List<String> names = List.of(lines.getFirst().split(",", -1));
    List<String[]> rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    for (String[] row : rows) {
      if (row.length != names.size()) {
        throw new IOException(
            "%s: %d values for %d columns: %s"
                .formatted(file, row.length, names.size(), String.join(",", row)));
      }
    }
    return new Csv(names, rows);
  }

  /** Names of the columns that are not among these, in their order. */
  List<String> without(List<String> others) {
    return names.stream().filter(name -> !others.contains(name)).toList();
  }

  /** The values that a row has in some columns. */
  List<String> values(String[] row, List<String> columns) {
    return columns.stream().map(column -> row[names.indexOf(column)]).toList();
  }

  double number(String[] row, String column) {
    return Double.parseDouble(row[names.indexOf(column)]);
  }
}
