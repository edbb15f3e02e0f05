package io.aircheck.app.check;

import io.aircheck.app.report.Illustrations;
import io.aircheck.app.report.InputReport;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.ConfiguredDetector;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** An analysis of one input that has begun. Thread-safe. */
public final class RunningAnalysis {
  private final InputCollector collector;
  private final List<ConfiguredDetector> detectors;
  private final Deployment.Handle handle;
  private final CompletableFuture<Void> over;

  /**
   * @param lost completes when the place where it runs is gone
   */
  RunningAnalysis(
      InputCollector collector,
      List<ConfiguredDetector> detectors,
      Deployment.Handle handle,
      CompletableFuture<Void> lost) {
    this.collector = collector;
    this.detectors = detectors;
    this.handle = handle;
    this.over = handle.done().toCompletableFuture().applyToEither(lost, nothing -> nothing);
  }

  /**
   * Waits for its end.
   *
   * @param illustrations asked then for what only the page shows
   * @return the report; also for an input that cannot be opened, and of what was found until it was
   *     stopped
   */
  public InputReport report(Supplier<Illustrations> illustrations) {
    try (handle) {
      over.join();
    } catch (CompletionException | CancellationException e) {
      collector.internalFailure(e.getCause() == null ? e : e.getCause());
    }
    return collector.report(detectors, illustrations.get());
  }

  /** Ends it early; waits until nothing of it runs any more. */
  public void stop() {
    handle.close();
  }
}
