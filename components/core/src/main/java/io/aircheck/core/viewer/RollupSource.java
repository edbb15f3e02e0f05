package io.aircheck.core.viewer;

import java.io.IOException;

/**
 * Reads sums of windows that others {@linkplain RollupSink keep}, again and again: each time what
 * has changed since the time before. Not thread-safe.
 */
public interface RollupSource extends AutoCloseable {
  /** Takes what has changed. */
  @FunctionalInterface
  interface Receiver {
    /**
     * Takes rows of a window by some dimensions. The same row may come again, as it was or as it is
     * now.
     *
     * @param window its rows have no {@linkplain RollupWindow.Row#sums sums} beside their cells
     * @param rows how many there are by these dimensions, with those that have not changed
     * @return whether exactly so many are known now; if not, the window is given as a whole next
     */
    boolean take(RollupWindow window, int rows);
  }

  /**
   * Reads what has changed since the last call that did not throw; at first, everything. Whatever
   * was durable before the call is given now, however it was written beside what was given before.
   *
   * @param lengthMillis length of the windows
   * @param fromMillis windows that begin before this are left out
   * @throws IOException when that is not possible now; what was given may be given again next time;
   *     one line without secrets
   */
  void read(long lengthMillis, long fromMillis, Receiver receiver) throws IOException;

  @Override
  void close();
}
