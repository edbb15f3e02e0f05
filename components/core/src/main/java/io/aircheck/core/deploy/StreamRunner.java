package io.aircheck.core.deploy;

import java.util.concurrent.CompletionStage;

/** One stream of a topology at work, as {@link RunningTopology} handles it. Thread-safe. */
public interface StreamRunner {

  /** What was asked for when it was made. */
  StreamSpec spec();

  /** Begins; once. */
  void start();

  /** Watches more or less closely from now on, undisturbed otherwise, where it can. */
  void watch(Watching watching);

  /** Asks it to end, without waiting; what is open is closed. */
  void stop();

  /** Waits until it has stopped, for a bounded time. */
  void await();

  /** Completes when it is over; exceptionally when it cannot be watched at all. */
  CompletionStage<Void> done();
}
