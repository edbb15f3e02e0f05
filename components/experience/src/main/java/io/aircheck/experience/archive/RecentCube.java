package io.aircheck.experience.archive;

import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import java.util.Optional;

/** The latest windows of all viewers. Thread-safe. */
public interface RecentCube {
  /**
   * Answers a question about them.
   *
   * @return empty if its dimensions are not kept together
   */
  Optional<CubeAnswer> ask(CubeQuery query);

  /** Of how many windows that begin in a time anything is known. */
  int windows(long fromMillis, long toMillis);
}
