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
import io.aircheck.storage.files.Folders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much more processor time do the same streams take as a job of Flink than in one process?
 * Watches them by the in-process deployment in one JVM and, at the same time, by a job on a cluster
 * that is in one JVM as well, so that all of it is metered and both meet the same neighbours. The
 * job makes incidents and brings all home over HTTP besides. Ends with status 1 when it takes more
 * than a tenth more, or pictures were left out.
 *
 * <p>{@code FlinkOverhead [STREAMS [ROUNDS [FILE]]]}: FILE of 161 s or more, with all detectors;
 * without it a generated programme of 640x360 at 25 pictures a second. {@code FlinkOverhead SIDE
 * STREAMS FILE}, SIDE {@code inprocess} or {@code flink}, is one of them.
 */
public final class FlinkOverhead {
  private static final double GOAL = 1.10;

  /** What a JVM has to run often is compiled for the first minute or two. */
  private static final Metering.Timing TIMING = new Metering.Timing(120, 40);

  /** Healthy, and as long as the timing needs, with some to spare for the slower one to stop. */
  private static final Programme.Recipe RECIPE =
      new Programme.Recipe(new Scene.Format(640, 360, 25, 1), 600_000, 85, List.of());

  private static final String PLAIN = "inprocess";
  private static final String FLINK = "flink";

  /** What one side took. */
  private record Taken(double cores, long skippedPictures) {
    static Taken parse(String line) {
      String[] fields = line.split(" ", 2);
      return new Taken(Double.parseDouble(fields[0]), Long.parseLong(fields[1]));
    }

    @Override
    public String toString() {
      return cores + " " + skippedPictures;
    }
  }

  private FlinkOverhead() {}

  /** Runs all rounds, or one side. */
  public static void main(String[] arguments)
      throws IOException, MediaException, InterruptedException {
    String first = arguments.length > 0 ? arguments[0] : "4";
    if (first.equals(PLAIN) || first.equals(FLINK)) {
      System.out.println(side(first, Integer.parseInt(arguments[1]), arguments[2]));
      System.exit(0);
    }
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    Path folder = Files.createTempDirectory("overhead");
    boolean good;
    try {
      Path file =
          arguments.length > 2
              ? Path.of(arguments[2])
              : Programme.encode(folder.resolve("media"), RECIPE)
                  .writeTo(folder.resolve("programme.ts"));
      good = run(file, Integer.parseInt(first), rounds);
    } finally {
      Folders.remove(folder);
    }
    System.exit(good ? 0 : 1);
  }

  private static Taken side(String side, int streams, String file)
      throws IOException, InterruptedException {
    Work work =
        new Work(
            SourceRequest.of(file),
            List.of(),
            DetectorCatalog.installed().choose(List.of(), Map.of()));
    Candidate candidate =
        side.equals(FLINK)
            ? Candidates.flink(List.of(streams))
            : Candidates.inProcess(List.of(streams));
    MeasuredDeployment measured = new Metering(TIMING, line -> {}).measure(candidate, work);
    double cores = measured.perStreamHour().of(Quantity.CPU_SECONDS) * streams / 3600;
    return new Taken(cores, measured.skippedPictures());
  }

  private static boolean run(Path file, int streams, int rounds)
      throws IOException, InterruptedException {
    System.out.printf("%s, %d streams, all detectors%n", file.getFileName(), streams);
    System.out.println("round  inprocess cores  flink cores  ratio");
    double plainCores = 0;
    double flinkCores = 0;
    long skipped = 0;
    for (int round = 1; round <= rounds; round++) {
      Process plain = start(PLAIN, streams, file);
      Process flink = start(FLINK, streams, file);
      Taken one;
      Taken other;
      try {
        one = end(plain);
        other = end(flink);
      } finally {
        plain.destroy();
        flink.destroy();
      }
      System.out.printf(
          Locale.ROOT,
          "%5d  %15.3f  %11.3f  %5.3f%n",
          round,
          one.cores(),
          other.cores(),
          other.cores() / one.cores());
      plainCores += one.cores();
      flinkCores += other.cores();
      skipped += one.skippedPictures() + other.skippedPictures();
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

  /** A JVM like this one. */
  private static Process start(String side, int streams, Path file) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(FlinkOverhead.class.getName(), side, Integer.toString(streams), file.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Taken end(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("a side ended with status " + process.exitValue() + ": " + said);
    }
    return Taken.parse(said.strip());
  }
}
