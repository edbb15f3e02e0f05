package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.CostText;
import io.aircheck.app.cost.MeasuredDeployment;
import io.aircheck.app.cost.Measurement;
import io.aircheck.app.cost.Prices;
import io.aircheck.app.cost.measure.Metering;
import io.aircheck.app.report.Palette;
import io.aircheck.benchmarks.origin.Programme;
import io.aircheck.core.media.MediaException;
import io.aircheck.faults.scene.Scene;
import io.aircheck.storage.files.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One live stream with one fault in every deployment, one after the other from the same position:
 * are the incidents equal, when was who told, and what does each cost? Ends with status 1 when
 * incidents differ or a deployment did not watch.
 *
 * <p>{@code SideBySide [DEPLOYMENT...]}: all of {@link OneDeployment#ALL} where none is named. The
 * first one is what others are compared with. Takes a minute and a half for each.
 */
public final class SideBySide {
  private static final long FAULT_MILLIS = 30_400;
  private static final long FAULT_LASTS_MILLIS = 12_000;

  private static final Programme.Recipe RECIPE =
      recipe(new Scene.Format(640, 360, 25, 1), 600_000, 38, FAULT_MILLIS);

  /** It warms up until the JVMs have compiled what runs often. */
  private static final Metering.Timing TIMING = new Metering.Timing(20, 40);

  /**
   * How far the plainest deployment may be from what was put in, so that it has seen the programme
   * from its beginning: AAC smears the rims of silence over two of its frames of 21 ms.
   */
  private static final long TRUTH_MICROS = 100_000;

  private static final long PATIENCE_SECONDS = 420;

  private final Programme programme;
  private final Path folder;
  private final List<Report> reports = new ArrayList<>();
  private final List<Measurement.Failure> failures = new ArrayList<>();
  private boolean equal = true;

  private SideBySide(Programme programme, Path folder) {
    this.programme = programme;
    this.folder = folder;
  }

  /**
   * One encoder that has lost its input for twelve seconds: black and silent.
   *
   * @param faultMillis when it loses it
   */
  static Programme.Recipe recipe(
      Scene.Format format, int pictureBitrate, int segments, long faultMillis) {
    long end = faultMillis + FAULT_LASTS_MILLIS;
    return new Programme.Recipe(
        format,
        pictureBitrate,
        segments,
        List.of(
            new Programme.Fault(Programme.BLACK, faultMillis, end),
            new Programme.Fault(Programme.SILENCE, faultMillis, end)));
  }

  /** Runs all. */
  public static void main(String[] arguments)
      throws IOException, MediaException, InterruptedException {
    List<String> chosen = arguments.length == 0 ? OneDeployment.ALL : List.of(arguments);
    for (String id : chosen) {
      if (!OneDeployment.ALL.contains(id)) {
        System.err.println("no deployment is called " + id + "; there are " + OneDeployment.ALL);
        System.exit(2);
      }
    }
    Path folder = Files.createTempDirectory("side-by-side");
    SideBySide all = new SideBySide(Programme.encode(folder.resolve("media"), RECIPE), folder);
    all.printHead();
    for (String id : chosen) {
      all.run(id);
    }
    all.printBills();
    if (all.failures.isEmpty()) {
      Folders.remove(folder);
    } else {
      System.out.println("what was kept and logged is in " + folder);
    }
    System.exit(all.equal ? 0 : 1);
  }

  private void run(String id) throws IOException, InterruptedException {
    try (SeparateRun run = SeparateRun.start(id, programme, TIMING, folder)) {
      if (!run.await(PATIENCE_SECONDS)) {
        failed(id, "was not over after %d s".formatted(PATIENCE_SECONDS));
        return;
      }
      Optional<Report> report = run.report();
      if (report.isEmpty()) {
        failed(id, "see above");
        return;
      }
      Report come = report.get();
      List<Sighting> expected =
          reports.isEmpty() ? come.sightings() : reports.getFirst().sightings();
      List<String> differences =
          new ArrayList<>(Comparison.of(id).differences(expected, come.sightings()));
      if (reports.isEmpty()) {
        differences.addAll(differencesFromTruth(id, programme, come.sightings()));
      }
      reports.add(come);
      equal &= differences.isEmpty();
      for (Sighting sighting : come.sightings()) {
        double told = (sighting.toldMillis() - run.madeMillis(FAULT_MILLIS)) / 1e3;
        print(id, sighting, told, differences.isEmpty());
      }
      differences.forEach(line -> System.out.println("    " + line));
    }
  }

  private void failed(String id, String why) {
    failures.add(new Measurement.Failure(id, why));
    equal = false;
    System.out.println(id + " did not watch: " + why);
  }

  /** What was put in, as whoever looks at all pictures should find it. */
  static List<String> differencesFromTruth(String id, Programme programme, List<Sighting> told) {
    List<Sighting> truth =
        programme.faults().stream()
            .map(
                fault ->
                    new Sighting(
                        fault.kind(),
                        fault.startMillis() * 1000,
                        fault.endMillis() * 1000,
                        "error",
                        1,
                        0))
            .sorted(Comparator.comparing(Sighting::kind))
            .toList();
    long pictureMicros = Math.max(TRUTH_MICROS, Comparison.of(id).pictureMicros());
    return new Comparison(pictureMicros, TRUTH_MICROS)
        .differences(truth, told).stream().map(line -> "unlike what was put in: " + line).toList();
  }

  private void printHead() {
    System.out.printf(
        Locale.ROOT,
        "%dx%d, %d pictures/s, black and silent from %s to %s s; detectors %s%n%n",
        RECIPE.format().width(),
        RECIPE.format().height(),
        RECIPE.format().frameRateNumerator(),
        Comparison.seconds(FAULT_MILLIS * 1000),
        Comparison.seconds((FAULT_MILLIS + FAULT_LASTS_MILLIS) * 1000),
        OneDeployment.DETECTORS);
    System.out.printf(
        "%-16s %-14s %9s %9s  %-8s %8s  %s%n",
        "deployment", "incident", "start s", "end s", "severity", "told s", "equal");
  }

  private static void print(String id, Sighting sighting, double toldSeconds, boolean equal) {
    System.out.printf(
        Locale.ROOT,
        "%-16s %-14s %9s %9s  %-8s %8.1f  %s%n",
        id,
        sighting.kind(),
        Comparison.seconds(sighting.startMicros()),
        Comparison.seconds(sighting.endMicros()),
        sighting.severity(),
        toldSeconds,
        equal ? "yes" : "NO");
  }

  /** As {@code aircheck cost} prints what it has measured. */
  private void printBills() {
    List<MeasuredDeployment> measured = reports.stream().map(Report::measured).toList();
    System.out.println();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    CostText.write(
        new Measurement(
            "one live stream",
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            "%s %s, %d processors"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"),
                    Runtime.getRuntime().availableProcessors()),
            OneDeployment.DETECTORS,
            TIMING.warmUpSeconds(),
            measured,
            failures),
        Prices.shipped(),
        out,
        Palette.PLAIN);
    out.flush();
  }
}
