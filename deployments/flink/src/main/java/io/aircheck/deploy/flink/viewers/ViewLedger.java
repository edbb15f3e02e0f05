package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.ViewRules;
import io.aircheck.deploy.flink.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;

/** What is known of the views of the session at hand until it is facts, as keyed state. */
final class ViewLedger<O, V extends Record> {
  private final ViewRules<O, V> rules;
  private final ListState<V> kept;

  ViewLedger(ViewRules<O, V> rules, RuntimeContext context) {
    this.rules = rules;
    this.kept =
        context.getListState(
            new ListStateDescriptor<>("views", new RecordType<>(rules.viewType())));
  }

  /** Adds what is new; returns what is complete by it. */
  List<V> add(O output, long atMillis) throws Exception {
    List<V> left = new ArrayList<>();
    List<V> complete = new ArrayList<>();
    V target = null;
    for (V view : kept.get()) {
      if (target == null && rules.isOf(view, output, atMillis)) {
        target = view;
      } else {
        left.add(view);
      }
    }
    left.add(rules.with(target, output, atMillis));
    if (rules.isEnd(output)) {
      for (V view : left) {
        if (rules.isSameView(view, output)) {
          complete.add(view);
        }
      }
      left.removeAll(complete);
    }
    kept.update(left);
    return complete;
  }

  /** Takes out what is complete by now. */
  List<V> due(long millis) throws Exception {
    List<V> left = new ArrayList<>();
    List<V> complete = new ArrayList<>();
    for (V view : kept.get()) {
      (rules.dueMillis(view) <= millis ? complete : left).add(view);
    }
    if (!complete.isEmpty()) {
      kept.update(left);
    }
    return complete;
  }

  /** Takes out everything. */
  List<V> all() throws Exception {
    return due(Long.MAX_VALUE);
  }

  /** When the next one is complete; {@link Long#MAX_VALUE}: there is none. */
  long nextMillis() throws Exception {
    long next = Long.MAX_VALUE;
    for (V view : kept.get()) {
      next = Math.min(next, rules.dueMillis(view));
    }
    return next;
  }
}
