package io.aircheck.deploy.flink.viewers;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** Cells as state in memory. */
final class KeptCells implements MapState<WindowCells.Key, WindowCells.Sums> {
  private final Map<WindowCells.Key, WindowCells.Sums> cells = new LinkedHashMap<>();

  @Override
  public WindowCells.@Nullable Sums get(WindowCells.Key key) {
    return cells.get(key);
  }

  @Override
  public void put(WindowCells.Key key, WindowCells.Sums sums) {
    cells.put(key, sums);
  }

  @Override
  public void putAll(Map<WindowCells.Key, WindowCells.Sums> more) {
    cells.putAll(more);
  }

  @Override
  public void remove(WindowCells.Key key) {
    cells.remove(key);
  }

  @Override
  public boolean contains(WindowCells.Key key) {
    return cells.containsKey(key);
  }

  @Override
  public Iterable<Map.Entry<WindowCells.Key, WindowCells.Sums>> entries() {
    return cells.entrySet();
  }

  @Override
  public Iterable<WindowCells.Key> keys() {
    return cells.keySet();
  }

  @Override
  public Iterable<WindowCells.Sums> values() {
    return cells.values();
  }

  @Override
  public Iterator<Map.Entry<WindowCells.Key, WindowCells.Sums>> iterator() {
    return cells.entrySet().iterator();
  }

  @Override
  public boolean isEmpty() {
    return cells.isEmpty();
  }

  @Override
  public void clear() {
    cells.clear();
  }
}
