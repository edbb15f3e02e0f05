package io.aircheck.benchmarks.causes;

import io.aircheck.experience.cause.LeafTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/**
 * A folder in the format of Squeeze's data sets (A, B0 to B4, D) and of RiskLoc's generator (S, L,
 * H): {@code injection_info.csv} names the causes of each {@code NAME.csv}, or of {@code
 * NAME.a.csv} and {@code NAME.b.csv} for a ratio; columns {@code real} and {@code predict}.
 */
public final class InjectedCases {
  private static final String INDEX = "injection_info.csv";
  private static final List<String> SUMS = List.of("real", "predict");

  private InjectedCases() {}

  /** Whether a folder is one. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(INDEX));
  }

  /**
   * Reads the cases of a folder one by one, and adds noise to their forecasts.
   *
   * @throws IllegalArgumentException if there is noise to be added to a ratio
   */
  public static void read(String dataset, Path folder, ForecastNoise noise, Consumer<Case> consumer)
      throws IOException {
    try (Csv index = Csv.open(folder.resolve(INDEX))) {
      int name = index.column("timestamp");
      int truth = index.column("set");
      for (String[] row : index) {
        LeafTable table = table(folder, row[name], noise, row[truth]);
        consumer.accept(new Case(dataset, row[name], table, Case.causes(row[truth])));
      }
    }
  }

  private static LeafTable table(Path folder, String name, ForecastNoise noise, String causes)
      throws IOException {
    Path sum = folder.resolve(name + ".csv");
    if (Files.exists(sum)) {
      return sum(sum, noise.ofTable(name, causes));
    }
    Path over = folder.resolve(name + ".a.csv");
    noise.refuseRatio(over);
    return ratio(over, folder.resolve(name + ".b.csv"));
  }

  private static LeafTable sum(Path file, DoubleUnaryOperator noise) throws IOException {
    try (Csv csv = Csv.open(file)) {
      Columns columns = new Columns(csv);
      LeafTable.Builder table = LeafTable.ofSum(columns.names);
      for (String[] row : csv) {
        double forecast = noise.applyAsDouble(columns.predict(row));
        table.add(columns.values(row), columns.real(row), forecast);
      }
      return table.build();
    }
  }

  private static LeafTable ratio(Path over, Path under) throws IOException {
    Map<List<String>, double[]> denominators = new HashMap<>();
    try (Csv csv = Csv.open(under)) {
      Columns columns = new Columns(csv);
      for (String[] row : csv) {
        denominators.put(
            columns.values(row), new double[] {columns.real(row), columns.predict(row)});
      }
    }
    try (Csv csv = Csv.open(over)) {
      Columns columns = new Columns(csv);
      LeafTable.Builder table = LeafTable.ofRatio(columns.names);
      for (String[] row : csv) {
        List<String> values = columns.values(row);
        double[] denominator = denominators.get(values);
        if (denominator != null) {
          table.add(
              values, columns.real(row), columns.predict(row), denominator[0], denominator[1]);
        }
      }
      return table.build();
    }
  }

  /** Where dimensions and sums are in a row; the dimensions in the order of their names. */
  private static final class Columns {
    private final List<String> names;
    private final int[] dimensions;
    private final int real;
    private final int predict;

    Columns(Csv csv) {
      names = csv.without(SUMS).stream().sorted().toList();
      dimensions = csv.columns(names);
      real = csv.column("real");
      predict = csv.column("predict");
    }

    List<String> values(String[] row) {
      return Csv.values(row, dimensions);
    }

    double real(String[] row) {
      return Csv.number(row, real);
    }

    double predict(String[] row) {
      return Csv.number(row, predict);
    }
  }
}
