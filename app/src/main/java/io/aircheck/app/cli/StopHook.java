package io.aircheck.app.cli;

/**
 * What is done when the process is asked to stop by SIGINT or SIGTERM while a command runs. For
 * commands that are meant to end so: the status is 0.
 */
final class StopHook implements AutoCloseable {
  private final Thread thread;

  StopHook(Runnable stop) {
    thread =
        new Thread(
            () -> {
              stop.run();
              Runtime.getRuntime().halt(ExitStatus.OK);
            },
            "aircheck-stop");
    Runtime.getRuntime().addShutdownHook(thread);
  }

  /** The command has ended by itself. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The process is being stopped: the hook is at work.
      return;
    }
  }
}
