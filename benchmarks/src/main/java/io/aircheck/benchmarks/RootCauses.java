package io.aircheck.benchmarks;

import io.aircheck.benchmarks.causes.Case;
import io.aircheck.benchmarks.causes.ForecastNoise;
import io.aircheck.benchmarks.causes.InjectedCases;
import io.aircheck.benchmarks.causes.RobustSpotCases;
import io.aircheck.benchmarks.causes.Score;
import io.aircheck.benchmarks.causes.SyntheticCases;
import io.aircheck.experience.cause.Adtributor;
import io.aircheck.experience.cause.CauseFinder;
import io.aircheck.experience.cause.LikelihoodScan;
import io.aircheck.experience.cause.RiskLoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Scores the methods that find causes on data sets with known ones.
 *
 * <p>{@code RootCauses DATASET_FOLDER} reads data sets in the folder {@code data} of RiskLoc's
 * repository ({@code shaido987/riskloc}, which holds RS), with those of Squeeze beside it, or made
 * by RiskLoc's generator; with {@code NOISE} behind it, 0..1, forecasts of sums miss by so much
 * more ({@link ForecastNoise}). {@code RootCauses synthetic CASES} makes tables like its S and L
 * instead.
 */
public final class RootCauses {
  private static final Map<String, CauseFinder> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("Adtributor, 10 % each, 10 % together", new Adtributor(0.1, 0.1, 3));
    METHODS.put("Adtributor, 10 % each, 67 % together, best", new Adtributor(0.1, 0.67, 1));
    METHODS.put("RiskLoc", RiskLoc.PUBLISHED);
    METHODS.put("likelihood scan", new LikelihoodScan(10, 6, 5, 20));
  }

  private final Map<String, Map<String, Score>> scores = new LinkedHashMap<>();

  private RootCauses() {}

  /** Runs it; see above. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0 || arguments.length > 2) {
      System.err.println("usage: RootCauses DATASET_FOLDER [NOISE] | RootCauses synthetic CASES");
      System.exit(2);
    }
    RootCauses run = new RootCauses();
    if (arguments[0].equals("synthetic")) {
      int cases = Integer.parseInt(arguments[1]);
      SyntheticCases.S.make(cases, run::score);
      SyntheticCases.L.make(cases, run::score);
    } else {
      try {
        run.readAll(Path.of(arguments[0]), noise(arguments));
      } catch (IllegalArgumentException e) {
        System.err.println("RootCauses: " + e.getMessage());
        System.exit(2);
      }
    }
    run.print();
  }

  private static ForecastNoise noise(String[] arguments) {
    return arguments.length == 1 ? ForecastNoise.NONE : ForecastNoise.parse(arguments[1]);
  }

  private void readAll(Path root, ForecastNoise noise) throws IOException {
    List<Path> folders;
    try (Stream<Path> walk = Files.walk(root)) {
      folders = walk.filter(Files::isDirectory).sorted().toList();
    }
    for (Path folder : folders) {
      String dataset = folder.equals(root) ? folder.getFileName().toString() : name(root, folder);
      if (RobustSpotCases.isIn(folder)) {
        noise.refuseRatio(folder);
        RobustSpotCases.read(dataset, folder, this::score);
      } else if (InjectedCases.isIn(folder)) {
        InjectedCases.read(dataset, folder, noise, this::score);
      }
    }
  }

  private static String name(Path root, Path folder) {
    return root.relativize(folder).getName(0).toString();
  }

  private void score(Case asked) {
    Map<String, Score> ofDataset =
        scores.computeIfAbsent(asked.dataset(), added -> new LinkedHashMap<>());
    METHODS.forEach(
        (name, method) -> ofDataset.computeIfAbsent(name, added -> new Score()).add(method, asked));
  }

  private void print() {
    if (scores.isEmpty()) {
      System.out.println("no data set: neither anomaly.yaml nor injection_info.csv anywhere below");
    }
    scores.forEach(
        (dataset, ofDataset) ->
            ofDataset.forEach(
                (method, score) -> System.out.printf("%-12s %-44s %s%n", dataset, method, score)));
  }
}
