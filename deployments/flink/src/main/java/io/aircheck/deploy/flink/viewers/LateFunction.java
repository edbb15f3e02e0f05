package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.Portion;
import io.aircheck.deploy.flink.Opened;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Counts what came too late for its window, once: every grouping has all of it. It is in the facts
 * of its session all the same.
 */
final class LateFunction extends ProcessFunction<Portion, Portion> {
  private transient @Nullable Counter late;

  @Override
  public void open(OpenContext context) {
    late = getRuntimeContext().getMetricGroup().addGroup("viewers").counter("late");
  }

  @Override
  public void processElement(Portion portion, Context context, Collector<Portion> out) {
    if (portion.grouping() == 0) {
      Opened.nonNull(late).inc(portion.weight());
    }
  }
}
