package io.aircheck.experience.cube;

import java.util.Optional;

/** What can be asked of the latest windows of all viewers. */
public interface RecentCube {
  /**
   * Answers a question about them.
   *
   * @return empty if its dimensions are not kept together
   */
  Optional<CubeAnswer> ask(CubeQuery query);

  /**
   * Of how many windows that begin in a time anything is known.
   *
   * @param fromMillis windows that begin at or after this
   * @param toMillis windows that begin before this
   */
  int windows(long fromMillis, long toMillis);

  /**
   * Works while nothing is added: whoever listens has been told of all that is in it, and of
   * nothing else. Whoever adds waits meanwhile.
   */
  default void still(Runnable work) {
    work.run();
  }
}
