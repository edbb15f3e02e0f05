package io.aircheck.app.serve.streams;

import io.aircheck.deploy.flink.FlinkJobs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Begins the job where Flink itself starts it, as on Kubernetes. */
public final class ClusterJob {
  /** Variable of the environment with the address of the desk; a secret. */
  private static final String DESK = "AIRCHECK_DESK";

  /** Variable of the environment with the path of a configuration file, where there is no desk. */
  private static final String CONFIG = "AIRCHECK_CONFIG";

  private ClusterJob() {}

  /** Takes no arguments: what is secret is not on a command line. */
  public static void main(String[] arguments) throws IOException {
    String desk = System.getenv(DESK);
    String config = System.getenv(CONFIG);
    if (desk != null) {
      FlinkJobs.submitHere(URI.create(desk.strip()), new ClusterWorkers(true));
    } else if (config != null) {
      FileStreams streams = FileStreams.of(Path.of(config));
      FlinkJobs.submitHere(streams, streams.sinks(), new ClusterWorkers(false));
    } else {
      throw new IllegalStateException(
          "neither %s is set to the address of the desk nor %s to the path of a configuration file"
              .formatted(DESK, CONFIG));
    }
  }
}
