package io.aircheck.core.viewer;

import java.util.List;
import java.util.Map;

/**
 * How what is new of sessions is summed by windows of time and values of dimensions. Sums are made
 * in portions that can be put together in any order and grouping.
 *
 * @param <O> what is new of a session
 */
public interface RollupRules<O> {
  /** Length of the windows, which begin at multiples of it. */
  long windowMillis();

  /** Dimensions that are summed together. */
  List<List<String>> groupings();

  /**
   * So many combinations of values of a grouping have sums of their own in a window for certain, if
   * there are more; no more than twice as many have.
   */
  int mostKeys();

  /** Begins to gather. */
  Gathering<O> gathering();

  /**
   * Puts two sums of the same grouping together.
   *
   * @throws IllegalArgumentException if one of them is nothing that a portion holds
   */
  byte[] merged(int grouping, byte[] sums, byte[] more);

  /**
   * The exact sums, by the names of measures; those that are zero are left out.
   *
   * @throws IllegalArgumentException if it is nothing that a portion holds
   */
  Map<String, Long> sums(byte[] sums);

  /**
   * Sums in the making. Not thread-safe.
   *
   * @param <O> what is new of a session
   */
  interface Gathering<O> {
    /** Adds something. */
    void add(O output);

    /** How many portions there are. */
    int size();

    /** Takes all portions out, in no order. */
    List<Portion> drain();
  }
}
