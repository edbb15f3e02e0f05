package io.aircheck.app.serve.isolation;

import io.aircheck.app.serve.streams.WatchProcess;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.isolated.IsolatedDeployment;
import io.aircheck.deploy.isolated.JvmLauncher;
import io.aircheck.deploy.isolated.ProcessEvents;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** A process that has streams watched by children, to be killed. */
public final class LonelyParent {
  private static final long HEAP_BYTES = 64_000_000;

  private LonelyParent() {}

  /** Argument: how many children. Prints a line once each of them watches a stream. */
  public static void main(String[] args) throws Exception {
    int children = Integer.parseInt(args[0]);
    CountDownLatch watching = new CountDownLatch(children);
    try (Deployment.Handle handle =
        new IsolatedDeployment(
                DetectorCatalog.installed(),
                List.of(),
                new JvmLauncher(WatchProcess.class, HEAP_BYTES),
                IsolatedDeployment.Settings.of(children),
                task -> new FirstStill(watching),
                ProcessEvents.NONE)
            .deploy(
                new Topology(
                    IntStream.range(0, children).mapToObj(LonelyParent::stream).toList(),
                    List.of()),
                observation -> {})) {
      watching.await();
      System.out.println("watching");
      System.out.flush();
      // Killed, or stopped when whoever started it is gone.
      System.in.read();
    }
  }

  private static StreamSpec stream(int number) {
    return new StreamSpec(
        "s" + number,
        SourceRequest.of("scenery://127.0.0.1/grey"),
        Optional.empty(),
        List.of(),
        List.of(),
        true);
  }

  private static final class FirstStill implements TaskProbe {
    private final CountDownLatch watching;
    private boolean told;

    FirstStill(CountDownLatch watching) {
      this.watching = watching;
    }

    @Override
    public void still(long ptsMicros, byte[] jpeg) {
      if (!told) {
        told = true;
        watching.countDown();
      }
    }
  }
}
