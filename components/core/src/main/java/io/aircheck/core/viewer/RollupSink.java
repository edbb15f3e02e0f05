package io.aircheck.core.viewer;

import java.io.IOException;
import java.util.List;

/**
 * Keeps sums of windows. What is given again changes nothing: a row takes the place of the row of
 * that window, dimensions and values. Not thread-safe.
 */
public interface RollupSink extends AutoCloseable {
  /**
   * Keeps windows: when it returns, they are durable.
   *
   * @throws IOException when that is not possible now; nothing is kept then, or all of it; one line
   *     without secrets
   */
  void write(List<RollupWindow> windows) throws IOException;

  @Override
  void close();
}
