package io.aircheck.benchmarks.causes;

import io.aircheck.experience.cause.LeafTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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

  /** Reads the cases of a folder one by one. */
  public static void read(String dataset, Path folder, Consumer<Case> consumer) throws IOException {
    Csv index = Csv.read(folder.resolve(INDEX));
    for (String[] row : index.rows()) {
      String name = index.values(row, List.of("timestamp")).getFirst();
      String truth = index.values(row, List.of("set")).getFirst();
      Path sum = folder.resolve(name + ".csv");
      LeafTable table =
          Files.exists(sum)
              ? sum(Csv.read(sum))
              : ratio(
                  Csv.read(folder.resolve(name + ".a.csv")),
                  Csv.read(folder.resolve(name + ".b.csv")));
      consumer.accept(new Case(dataset, name, table, Case.causes(truth)));
    }
  }

  private static LeafTable sum(Csv csv) {
    List<String> dimensions = csv.without(SUMS).stream().sorted().toList();
    LeafTable.Builder table = LeafTable.ofSum(dimensions);
    for (String[] row : csv.rows()) {
      table.add(csv.values(row, dimensions), csv.number(row, "real"), csv.number(row, "predict"));
    }
    return table.build();
  }

  private static LeafTable ratio(Csv over, Csv under) {
    List<String> dimensions = over.without(SUMS).stream().sorted().toList();
    Map<List<String>, String[]> byValues = new HashMap<>();
    for (String[] row : under.rows()) {
      byValues.put(under.values(row, dimensions), row);
    }
    LeafTable.Builder table = LeafTable.ofRatio(dimensions);
    for (String[] row : over.rows()) {
      List<String> values = over.values(row, dimensions);
      String[] other = byValues.get(values);
      if (other != null) {
        table.add(
            values,
            over.number(row, "real"),
            over.number(row, "predict"),
            under.number(other, "real"),
            under.number(other, "predict"));
      }
    }
    return table.build();
  }
}
