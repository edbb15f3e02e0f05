package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a worker asks what else is wanted of what it runs. Thread-safe. */
interface Errands extends Serializable {
  /**
   * The next errand; may block for seconds.
   *
   * @param streams those that the asking reader has, with the processor time of their tasks since
   *     they began there, nanoseconds
   * @return empty: nothing is wanted at the moment
   * @throws IOException when it cannot be asked now
   */
  Optional<Errand> next(Map<String, Long> streams) throws IOException;

  /**
   * Answers an errand without a clip.
   *
   * @throws IOException when the answer does not arrive
   */
  void answer(Errand errand, ErrandAnswer answer) throws IOException;

  /**
   * Answers an errand with a clip.
   *
   * @throws IOException when it does not arrive
   */
  void answer(Errand errand, Path clip) throws IOException;
}
