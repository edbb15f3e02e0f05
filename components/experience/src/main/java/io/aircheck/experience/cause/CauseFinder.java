package io.aircheck.experience.cause;

import java.util.List;

/** A method that tells where a change is. Any threads may use one; it keeps nothing. */
public interface CauseFinder {

  /**
   * The places that explain the difference between what was forecast and what came.
   *
   * @return best first; empty if nothing explains it. The same table gives the same answer
   */
  List<Cause> find(LeafTable table);
}
