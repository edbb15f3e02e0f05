package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.MeasuredDeployment;
import io.aircheck.app.cost.measure.Candidate;
import io.aircheck.app.cost.measure.Candidates;
import io.aircheck.app.cost.measure.Metering;
import io.aircheck.app.cost.measure.Work;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.storage.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Watches the stream in one deployment, in a process that has done nothing before: nobody's
 * processor time and memory is in anybody else's bill.
 */
final class OneDeployment {
  /** Names of the deployments, the one that others are compared with first. */
  static final List<String> ALL =
      List.of("inprocess", "isolated", "copies", "flink", "serverless", "serverless-10s");

  /** Found by functions that look at one picture a second as well. */
  static final List<String> DETECTORS = List.of("video.black", "video.freeze", "audio.silence");

  /** Held, since loggers that nobody holds forget their level. */
  private static final Logger LIBRARIES = Logger.getLogger("");

  private OneDeployment() {}

  /**
   * Arguments: name of the deployment, address of the stream, folder for what it keeps, file for
   * the {@link Report}, seconds to warm up for and then to meter.
   */
  public static void main(String[] arguments) throws InterruptedException {
    LIBRARIES.setLevel(Level.SEVERE);
    int status = 0;
    try {
      Candidate candidate = candidate(arguments[0], Path.of(arguments[2]));
      Work work =
          new Work(
              SourceRequest.of(arguments[1]),
              List.of(),
              DetectorCatalog.installed().choose(DETECTORS, Map.of()));
      Sightings sightings = new Sightings();
      Metering.Timing timing =
          new Metering.Timing(Double.parseDouble(arguments[4]), Double.parseDouble(arguments[5]));
      MeasuredDeployment measured =
          new Metering(timing, line -> {}).measure(candidate, work, sightings);
      Files.writeString(
          Path.of(arguments[3]), RecordJson.write(new Report(measured, sightings.all())));
    } catch (IOException | RuntimeException e) {
      System.err.println(arguments[0] + " did not watch:");
      e.printStackTrace();
      status = 1;
    }
    // Threads of libraries may still be there.
    System.exit(status);
  }

  private static Candidate candidate(String id, Path folder) {
    return switch (id) {
      case "copies" -> new CopiesCandidate(folder);
      case "flink" -> new ClusterCandidate(folder);
      case "inprocess", "isolated" -> new WithDesk(measured(id));
      default -> measured(id);
    };
  }

  private static Candidate measured(String id) {
    return Candidates.all().stream()
        .filter(candidate -> candidate.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no deployment " + id));
  }
}
