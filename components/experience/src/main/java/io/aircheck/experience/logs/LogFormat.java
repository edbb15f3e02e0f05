package io.aircheck.experience.logs;

import java.util.function.Consumer;

/** Reads the lines of one kind of log. Not thread-safe. */
public interface LogFormat {
  /**
   * Reads whole lines.
   *
   * @param requests takes what was asked for
   * @param malformed is called for every line that cannot be read
   */
  void read(byte[] lines, Consumer<LoggedRequest> requests, Runnable malformed);
}
