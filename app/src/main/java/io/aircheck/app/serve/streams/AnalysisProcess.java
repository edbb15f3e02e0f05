package io.aircheck.app.serve.streams;

import io.aircheck.core.task.StreamTask;
import java.io.IOException;

/**
 * A process that looks at one input for the service that started it, as fast as it can: a file that
 * crashes a decoder takes nothing else with it.
 */
public final class AnalysisProcess {
  private AnalysisProcess() {}

  /** Takes no arguments: everything comes over standard input. */
  public static void main(String[] args) throws IOException {
    WatchProcess.serve(StreamTask.Surroundings.installed());
  }
}
