package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.FactOutlet;
import io.aircheck.core.viewer.ViewRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;

/** Collects views, and makes files of them before a checkpoint when there are enough. */
final class FactWriter<V extends Record>
    implements StatefulSinkWriter<V, V>, CommittingSinkWriter<V, FactOutlet.File> {
  private final ViewRules<?, V> rules;
  private final FactOutlet outlet;
  private final Rolling rolling;
  private final LongSupplier clock;
  private final List<V> waiting;
  private long sinceMillis;
  private boolean ends;

  /**
   * @param clock milliseconds of the machine
   * @param before what waited when the checkpoint was made from which the job goes on
   */
  FactWriter(
      ViewRules<?, V> rules,
      FactOutlet outlet,
      Rolling rolling,
      LongSupplier clock,
      Collection<V> before) {
    this.rules = rules;
    this.outlet = outlet;
    this.rolling = rolling;
    this.clock = clock;
    this.waiting = new ArrayList<>(before);
    this.sinceMillis = clock.getAsLong();
  }

  @Override
  public void write(V view, Context context) {
    if (waiting.isEmpty()) {
      sinceMillis = clock.getAsLong();
    }
    waiting.add(view);
  }

  @Override
  public void flush(boolean endOfInput) {
    ends = endOfInput;
  }

  @Override
  public Collection<FactOutlet.File> prepareCommit() throws IOException {
    boolean due =
        ends
            || waiting.size() >= rolling.mostViews()
            || clock.getAsLong() - sinceMillis >= rolling.after().toMillis();
    if (waiting.isEmpty() || !due) {
      return List.of();
    }
    List<FactOutlet.File> files = outlet.make(waiting.stream().map(rules::fact).toList());
    waiting.clear();
    return files;
  }

  @Override
  public List<V> snapshotState(long checkpointId) {
    return List.copyOf(waiting);
  }

  @Override
  public void close() {
    outlet.close();
  }
}
