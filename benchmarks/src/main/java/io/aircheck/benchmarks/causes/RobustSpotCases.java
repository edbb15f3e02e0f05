package io.aircheck.benchmarks.causes;

import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.cause.LeafTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RobustSpot's data set RS: 135 real faults of a live video service, with the viewers of each
 * minute and how many of them were hit, by CDN, bitrate, network, device and so on. {@code
 * anomaly.yaml} names the minute and the causes; each minute is forecast by the mean of the four
 * before it, as the publication does.
 */
public final class RobustSpotCases {
  private static final String INDEX = "anomaly.yaml";
  private static final Pattern VALUE = Pattern.compile("'(\\w+)'\\s*:\\s*'?([^,'}]*)'?");
  private static final Pattern CAUSE = Pattern.compile("\\{[^}]*}");
  private static final List<String> SUMS = List.of("min", "value", "cnt");
  private static final int MINUTES_BEFORE = 4;

  private RobustSpotCases() {}

  /** Whether a folder is one. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(INDEX));
  }

  /**
   * Reads the cases of a folder one by one: each as the share of viewers who were not hit, as the
   * publications look at it, and as the share of those who were.
   */
  public static void read(String dataset, Path folder, Consumer<Case> consumer) throws IOException {
    String name = "";
    long second = 0;
    for (String line : Files.readAllLines(folder.resolve(INDEX))) {
      String text = line.strip();
      if (text.startsWith("- data:")) {
        name = text.substring("- data:".length()).strip();
      } else if (text.startsWith("timestamp:")) {
        second = Long.parseLong(text.substring("timestamp:".length()).strip());
      } else if (text.startsWith("cause:")) {
        Minute minute = Minute.of(folder.resolve(name + ".csv"), second);
        Set<Combination> truth = causes(text);
        consumer.accept(new Case(dataset + " not hit", name, minute.table(false), truth));
        consumer.accept(new Case(dataset + " hit", name, minute.table(true), truth));
      }
    }
  }

  private static Set<Combination> causes(String text) {
    Set<Combination> causes = new HashSet<>();
    Matcher cause = CAUSE.matcher(text);
    while (cause.find()) {
      Map<String, String> values = new TreeMap<>();
      Matcher value = VALUE.matcher(cause.group());
      while (value.find()) {
        values.put(value.group(1), value.group(2).strip());
      }
      causes.add(new Combination(values));
    }
    return causes;
  }

  /** Viewers of a minute and those who were hit, with the means of the minutes before. */
  private static final class Minute {
    private final List<String> dimensions;
    private final Map<List<String>, double[]> now = new LinkedHashMap<>();
    private final Map<List<String>, List<double[]>> before = new HashMap<>();

    private Minute(List<String> dimensions) {
      this.dimensions = dimensions;
    }

    static Minute of(Path file, long second) throws IOException {
      try (Csv csv = Csv.open(file)) {
        Minute minute = new Minute(csv.without(SUMS));
        int[] dimensions = csv.columns(minute.dimensions);
        int[] sums = csv.columns(SUMS);
        for (String[] row : csv) {
          minute.add(
              second - (long) Csv.number(row, sums[0]),
              Csv.values(row, dimensions),
              new double[] {Csv.number(row, sums[1]), Csv.number(row, sums[2])});
        }
        return minute;
      }
    }

    private void add(long ago, List<String> values, double[] hitAndAll) {
      if (ago == 0) {
        double[] sums = now.computeIfAbsent(values, added -> new double[2]);
        sums[0] += hitAndAll[0];
        sums[1] += hitAndAll[1];
      } else if (ago > 0 && ago <= 60L * MINUTES_BEFORE && ago % 60 == 0) {
        before.computeIfAbsent(values, added -> new ArrayList<>()).add(hitAndAll);
      }
    }

    LeafTable table(boolean hit) {
      LeafTable.Builder table = LeafTable.ofRatio(dimensions);
      now.forEach(
          (values, sums) -> {
            List<double[]> history = before.getOrDefault(values, List.of());
            double hits = history.stream().mapToDouble(row -> row[0]).average().orElse(0);
            double all = history.stream().mapToDouble(row -> row[1]).average().orElse(0);
            table.add(
                values, hit ? sums[0] : sums[1] - sums[0], hit ? hits : all - hits, sums[1], all);
          });
      return table.build();
    }
  }
}
