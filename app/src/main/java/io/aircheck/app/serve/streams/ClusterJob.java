package io.aircheck.app.serve.streams;

import io.aircheck.deploy.flink.FlinkJobs;
import java.io.IOException;
import java.net.URI;

/** Begins the job where Flink itself starts it, as on Kubernetes. */
public final class ClusterJob {
  /** Variable of the environment with the address of the desk; a secret. */
  private static final String DESK = "AIRCHECK_DESK";

  private ClusterJob() {}

  /** Takes no arguments: what is secret is not on a command line. */
  public static void main(String[] arguments) throws IOException {
    String desk = System.getenv(DESK);
    if (desk == null) {
      throw new IllegalStateException(DESK + " is not set to the address of the desk");
    }
    FlinkJobs.submitHere(URI.create(desk.strip()), new ClusterWorkers());
  }
}
