package io.aircheck.core.notify;

import java.util.OptionalLong;

/**
 * How many viewers an incident concerns, as far as that is known at the moment it is told of.
 *
 * @param hit viewers who have been shown the defect so far; of an incident of viewers, those whom
 *     it is about
 * @param watching viewers who watch its stream now, or those of its members together
 */
public record ViewerReach(OptionalLong hit, OptionalLong watching) {
  /** Nothing is known of viewers. */
  public static final ViewerReach UNKNOWN =
      new ViewerReach(OptionalLong.empty(), OptionalLong.empty());
}
