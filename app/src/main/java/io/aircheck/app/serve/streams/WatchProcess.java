package io.aircheck.app.serve.streams;

import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.isolated.Child;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A process that watches streams for the service that started it. It speaks with that over its
 * standard streams, and ends with it.
 */
public final class WatchProcess {
  /** Held, since loggers that nobody holds forget their level. */
  private static final Logger LIBRARIES = Logger.getLogger("");

  private WatchProcess() {}

  /** Takes no arguments: everything comes over standard input. */
  public static void main(String[] args) throws IOException {
    serve(WatchDeployment.paced(StreamTask.Surroundings.installed()));
  }

  /** Does what the parent says, and ends the process after that. */
  static void serve(StreamTask.Surroundings surroundings) throws IOException {
    // Whatever anybody prints must not get between the messages.
    System.setOut(System.err);
    LIBRARIES.setLevel(Level.WARNING);
    stayForTheParent();
    Child child =
        new Child(
            DetectorCatalog.installed(),
            InProcessDeployment.installedFolds(),
            surroundings,
            InProcessDeployment.Settings.DEFAULT,
            StillTaker::new);
    try {
      child.serve(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    } finally {
      // Also when natives do not come back: nobody is left to watch for.
      Runtime.getRuntime().halt(0);
    }
  }

  /**
   * Ctrl-C and SIGTERM reach the whole group of processes. The parent decides when it is over, as
   * what is open has to be told it first: a JVM goes on until its hooks have ended.
   */
  private static void stayForTheParent() {
    CountDownLatch never = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    // Nobody does that; if so, it ends.
                  }
                });
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
