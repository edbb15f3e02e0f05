package io.aircheck.benchmarks.cluster;

import io.aircheck.app.cost.MeasuredDeployment;
import io.aircheck.app.cost.measure.Candidate;
import io.aircheck.app.cost.measure.Candidates;
import io.aircheck.app.cost.measure.Metering;
import io.aircheck.app.cost.measure.Work;
import io.aircheck.benchmarks.origin.Programme;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Quantity;
import io.aircheck.faults.scene.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much more processor time do the same streams take as a job of Flink than in one process?
 * Watches them in turns in this process, by the in-process deployment and by a job on a cluster
 * that is in this process as well, so that all of it is metered; first one of them, then the other
 * begins. A round that is not counted goes before. The job makes incidents and brings all home over
 * HTTP besides. Ends with status 1 when it takes more than a tenth more, or pictures were left out.
 *
 * <p>{@code FlinkOverhead [STREAMS [ROUNDS [FILE]]]}: FILE of 86 s or more, with all detectors;
 * without it a generated programme of 640x360 at 25 pictures a second.
 */
public final class FlinkOverhead {
  private static final double GOAL = 1.10;
  private static final Metering.Timing TIMING = new Metering.Timing(45, 40);

  /** Healthy, and as long as the timing needs, with some to spare for the slower one to stop. */
  private static final Programme.Recipe RECIPE =
      new Programme.Recipe(new Scene.Format(640, 360, 25, 1), 600_000, 50, List.of());

  private FlinkOverhead() {}

  /** Runs all rounds. */
  public static void main(String[] arguments)
      throws IOException, MediaException, InterruptedException {
    int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    Path folder = Files.createTempDirectory("overhead");
    boolean good;
    try {
      Path file =
          arguments.length > 2
              ? Path.of(arguments[2])
              : Programme.encode(folder.resolve("media"), RECIPE)
                  .writeTo(folder.resolve("programme.ts"));
      good = run(file, streams, rounds);
    } finally {
      delete(folder);
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean run(Path file, int streams, int rounds)
      throws IOException, InterruptedException {
    Work work =
        new Work(
            SourceRequest.of(file.toString()),
            List.of(),
            DetectorCatalog.installed().choose(List.of(), Map.of()));
    Candidate plain = Candidates.inProcess(List.of(streams));
    Candidate flink = Candidates.flink(List.of(streams));
    System.out.printf(
        "%s, %d streams, %d detectors%n", file.getFileName(), streams, work.detectors().size());
    System.out.println("round  inprocess cores  flink cores  ratio");
    double plainCores = 0;
    double flinkCores = 0;
    long skipped = 0;
    for (int round = 0; round <= rounds; round++) {
      Map<String, Double> cores = new LinkedHashMap<>();
      List<Candidate> order = round % 2 == 0 ? List.of(plain, flink) : List.of(flink, plain);
      for (Candidate candidate : order) {
        MeasuredDeployment measured = new Metering(TIMING, line -> {}).measure(candidate, work);
        cores.put(
            candidate.id(), measured.perStreamHour().of(Quantity.CPU_SECONDS) * streams / 3600);
        skipped += measured.skippedPictures();
      }
      double one = cores.getOrDefault(plain.id(), Double.NaN);
      double other = cores.getOrDefault(flink.id(), Double.NaN);
      System.out.printf(
          Locale.ROOT,
          "%5s  %15.3f  %11.3f  %5.3f%n",
          round == 0 ? "(0)" : Integer.toString(round),
          one,
          other,
          other / one);
      if (round > 0) {
        plainCores += one;
        flinkCores += other;
      }
    }
    double ratio = flinkCores / plainCores;
    boolean good = ratio <= GOAL && skipped == 0;
    System.out.printf(
        Locale.ROOT,
        "flink takes %.3f times the processor time, goal %.2f; %d pictures left out  %s%n",
        ratio,
        GOAL,
        skipped,
        good ? "PASS" : "FAIL");
    return good;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
