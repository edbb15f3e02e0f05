package io.aircheck.deploy.isolated;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Starts children. Says nothing about what they are, as long as a {@link Child} answers there. */
@FunctionalInterface
public interface ChildLauncher {

  /**
   * Starts a child.
   *
   * @throws IOException when that is not possible
   */
  Launched launch() throws IOException;

  /** A child that was started. */
  interface Launched {
    /** What it is told. It ends when this is closed. */
    OutputStream toChild() throws IOException;

    /** What it says. */
    InputStream fromChild() throws IOException;

    /** What it says to people: the last words of a crash. */
    InputStream errors();

    /**
     * Waits for its end.
     *
     * @return its exit status; above 128 for a signal
     */
    int awaitEnd() throws InterruptedException;

    /** Ends it at once. */
    void kill();

    /** What an operator calls it, such as {@code process 4711}. */
    String name();
  }
}
