package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.RollupSink;
import io.aircheck.core.viewer.RollupWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums of windows in memory, as a database keeps them. Thread-safe. */
final class KeptRollups {
  /**
   * Which row it is.
   *
   * @param values empty where it is of others
   */
  record Place(long windowMillis, List<String> dimensions, List<String> values, boolean others) {}

  private final Map<Place, Map<String, Long>> rows = new HashMap<>();

  /** A way to it. */
  RollupSink sink() {
    return new RollupSink() {
      @Override
      public void write(List<RollupWindow> windows) {
        windows.forEach(KeptRollups.this::keep);
      }

      @Override
      public void close() {}
    };
  }

  private synchronized void keep(RollupWindow window) {
    if (window.isWhole()) {
      rows.keySet()
          .removeIf(
              place ->
                  place.windowMillis() == window.startMillis()
                      && place.dimensions().equals(window.dimensions()));
    }
    for (RollupWindow.Row row : window.rows()) {
      rows.put(
          new Place(window.startMillis(), window.dimensions(), row.values(), row.isOthers()),
          row.sums());
    }
  }

  /** What is kept. */
  synchronized Map<Place, Map<String, Long>> rows() {
    return Map.copyOf(rows);
  }
}
