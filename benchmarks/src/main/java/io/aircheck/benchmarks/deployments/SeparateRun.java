package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.measure.Metering;
import io.aircheck.benchmarks.origin.Programme;
import io.aircheck.storage.RecordJson;
import io.aircheck.testkit.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@link OneDeployment} in a process of its own, watching a live stream that is for it alone. */
final class SeparateRun implements AutoCloseable {
  private final FirstViewerOrigin origin;
  private final Process process;
  private final Path report;

  private SeparateRun(FirstViewerOrigin origin, Process process, Path report) {
    this.origin = origin;
    this.process = process;
    this.report = report;
  }

  /**
   * Starts one.
   *
   * @param id of the deployment
   * @param programme what is live, from its beginning when it is first asked for
   * @param timing how long it is watched
   * @param folder where a folder and a report are made that are called like the deployment
   */
  static SeparateRun start(String id, Programme programme, Metering.Timing timing, Path folder)
      throws IOException {
    FirstViewerOrigin origin = new FirstViewerOrigin(programme);
    Path report = folder.resolve(id + ".json");
    List<String> command =
        JvmCommand.of(
            List.of("-XX:+UseSerialGC"),
            OneDeployment.class,
            List.of(
                id,
                origin.address(),
                folder.resolve(id).toString(),
                report.toString(),
                Double.toString(timing.warmUpSeconds()),
                Double.toString(timing.meteredSeconds())));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new SeparateRun(origin, process, report);
    } catch (IOException e) {
      origin.close();
      throw e;
    }
  }

  /** Waits until it is over; whether it is. */
  boolean await(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  /** What it has told, once it is over; empty: it did not watch, and has said why on stderr. */
  Optional<Report> report() throws IOException {
    return process.exitValue() == 0
        ? Optional.of(RecordJson.read(Files.readString(report), Report.class))
        : Optional.empty();
  }

  /** When a moment of the programme was live, wall-clock milliseconds since the epoch. */
  long madeMillis(long programmeMillis) {
    return origin.madeMillis(programmeMillis);
  }

  /** Ends it with all that it has started. */
  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    origin.close();
  }
}
