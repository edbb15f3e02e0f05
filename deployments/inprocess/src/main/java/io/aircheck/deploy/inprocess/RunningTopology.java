package io.aircheck.deploy.inprocess;

import io.aircheck.core.deploy.Deployment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The streams of a deployed topology. */
final class RunningTopology implements Deployment.Handle {
  private final List<StreamRun> runs;
  private final CompletableFuture<Void> done;

  RunningTopology(List<StreamRun> runs) {
    this.runs = runs;
    this.done =
        CompletableFuture.allOf(
            runs.stream().map(StreamRun::done).toArray(CompletableFuture[]::new));
  }

  void start() {
    runs.forEach(StreamRun::start);
  }

  @Override
  public CompletionStage<Void> done() {
    return done.minimalCompletionStage();
  }

  /** Stops all at once, so that the wait is that of the slowest and not the sum. */
  @Override
  public void close() {
    runs.forEach(StreamRun::stop);
    runs.forEach(StreamRun::await);
  }
}
