package io.aircheck.deploy.flink;

import java.io.IOException;
import java.util.Optional;

/** Whom a {@link Courier} delivers to. Used by one thread, which it may block for seconds. */
interface Recipient {
  /**
   * Makes contact. Called before the first delivery, and before the next one after a failure.
   *
   * @return id of the last delivery that has arrived; empty: none, or repetitions are recognised
   * @throws IOException when that is not possible now
   */
  Optional<String> open() throws IOException;

  /**
   * Delivers.
   *
   * @throws IOException when nobody has said that everything has arrived; it may have
   */
  void deliver(Delivery delivery) throws IOException;

  /** Lets go of connections. */
  void close();
}
