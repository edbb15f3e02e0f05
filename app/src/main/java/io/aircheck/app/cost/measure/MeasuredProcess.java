package io.aircheck.app.cost.measure;

import io.aircheck.app.cost.measure.share.SharedSources;
import io.aircheck.app.monitor.PacedSources;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.isolated.Child;
import io.aircheck.deploy.isolated.StillMaker;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A child process of a deployment that is measured. Like those of the service, but for small
 * pictures for people, which no other candidate makes either.
 */
public final class MeasuredProcess {
  /** Held, since loggers that nobody holds forget their level. */
  private static final Logger LIBRARIES = Logger.getLogger("");

  private MeasuredProcess() {}

  /** Takes no arguments: everything comes over standard input. */
  public static void main(String[] args) throws IOException {
    // Whatever anybody prints must not get between the messages.
    System.setOut(System.err);
    LIBRARIES.setLevel(Level.WARNING);
    Child child =
        new Child(
            DetectorCatalog.installed(),
            InProcessDeployment.installedFolds(),
            surroundings(),
            InProcessDeployment.Settings.DEFAULT,
            () -> StillMaker.NONE);
    try {
      child.serve(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static StreamTask.Surroundings surroundings() {
    StreamTask.Surroundings paced = paced(StreamTask.Surroundings.installed());
    return paced.withSources(new SharedSources(paced.sources()));
  }

  /** Finite inputs are played at the speed of a viewer. */
  static StreamTask.Surroundings paced(StreamTask.Surroundings surroundings) {
    return surroundings.withSources(new PacedSources(surroundings.sources(), surroundings.clock()));
  }
}
