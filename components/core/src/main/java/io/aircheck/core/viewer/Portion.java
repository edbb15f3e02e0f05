package io.aircheck.core.viewer;

import java.util.List;

/**
 * A part of the sums of one window and one combination of values.
 *
 * @param grouping which of {@link RollupRules#groupings}
 * @param windowMillis start of the window
 * @param key values of the dimensions of the grouping, in their order; empty: not known
 * @param weight how much it is of: the number of what was added
 * @param sums as {@link RollupRules} writes them; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // written and read as they are, never compared
public record Portion(int grouping, long windowMillis, List<String> key, long weight, byte[] sums) {
  public Portion {
    key = List.copyOf(key);
  }
}
