package io.aircheck.experience.cmcd;

import java.util.Map;

/** Mends what is known to be wrong in a set of keys before anything is made of it. Stateless. */
@FunctionalInterface
public interface CmcdCorrection {
  /**
   * Mends a set.
   *
   * @param attributes what is known of the player otherwise
   */
  void mend(CmcdRecord record, Map<String, String> attributes);
}
