package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.measure.Candidate;
import io.aircheck.app.cost.measure.Witness;
import io.aircheck.app.cost.measure.Work;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two copies of the whole service on a PostgreSQL of their own, as {@code serve} starts them: API,
 * page, evidence and store are in what is metered.
 *
 * @param folder where everything is kept
 */
record CopiesCandidate(Path folder) implements Candidate {
  private static final int COPIES = 2;

  @Override
  public String id() {
    return "copies";
  }

  @Override
  public String description() {
    return "%d copies of the service, one of which watches the stream, and PostgreSQL"
        .formatted(COPIES);
  }

  @Override
  public int[] streams() {
    return new int[] {1};
  }

  @Override
  public Running start(Work work, ProbeFactory probes, Witness witness) throws IOException {
    Files.createDirectories(folder);
    EmbeddedPostgres database =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("postgres"))
            .setPGStartupWait(Duration.ofMinutes(1))
            .start();
    List<CopyProcess> copies = new ArrayList<>();
    try {
      Path config =
          Files.writeString(folder.resolve("aircheck.yaml"), config(work, database.getPort()));
      for (int i = 0; i < COPIES; i++) {
        copies.add(CopyProcess.start(config, folder.resolve("copy-" + i)));
      }
      return new RunningCopies(
          database, postmaster(folder.resolve("postgres")), copies, work, probes, witness);
    } catch (IOException | RuntimeException e) {
      copies.forEach(CopyProcess::close);
      database.close();
      throw e;
    }
  }

  private static String config(Work work, int port) {
    return """
    store: {url: "postgresql://localhost:%d/postgres", user: postgres}
    server: {address: 127.0.0.1}
    copies: {}
    policies:
      default:
        detectors: [%s]
        watching: full
    """
        .formatted(
            port,
            work.detectors().stream().map(DetectorChoice::kind).collect(Collectors.joining(", ")));
  }

  /** The process that all others of the database were started by. */
  private static ProcessHandle postmaster(Path data) throws IOException {
    String first = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
    return ProcessHandle.of(Long.parseLong(first))
        .orElseThrow(() -> new IOException("PostgreSQL does not run"));
  }
}
