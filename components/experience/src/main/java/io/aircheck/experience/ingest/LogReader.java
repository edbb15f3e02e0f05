package io.aircheck.experience.ingest;

import java.util.Optional;

/** Fetches what is new of a log. One thread looks; the rest is thread-safe. */
public interface LogReader extends AutoCloseable {
  /**
   * Reads what is new, and tries again what could not be kept. Fails never, see {@link #problem}.
   */
  void look();

  /** What takes the lines. */
  LogIntake intake();

  /** What is wrong, in one line; empty: nothing. */
  Optional<String> problem();

  /** Bytes that were there at the latest look, and not read when it ended. */
  long behindBytes();

  @Override
  void close();
}
