package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupRules;
import io.aircheck.core.viewer.RollupWindow;
import io.aircheck.core.viewer.ViewerRules;
import io.aircheck.deploy.flink.Opened;
import io.aircheck.deploy.flink.RecordType;
import io.aircheck.deploy.flink.viewers.WindowCells.Head;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Sums of one grouping in one window, as keyed state: puts portions together, and tells the sums
 * when the window is over, and again when they have changed. What comes later than that goes to a
 * side output.
 */
final class WindowFunction extends KeyedProcessFunction<String, Portion, RollupWindow>
    implements CheckpointedFunction {
  /** What came when its window was not kept any more. */
  static final OutputTag<Portion> LATE = new OutputTag<>("late", new RecordType<>(Portion.class));

  private final ViewerSetup setup;
  private final WindowTimes times;
  private transient @Nullable RollupRules<?> rules;
  private transient @Nullable ValueState<Head> head;
  private transient @Nullable WindowCells cells;

  /** One number of each worker, of which all get all. */
  private transient @Nullable ListState<Long> reached;

  /**
   * The latest time of events that was seen. Part of the state, since after a failure the first
   * portions come before any time does, and a window that was forgotten must not begin anew.
   */
  private transient long reachedMillis;

  WindowFunction(ViewerSetup setup, WindowTimes times) {
    this.setup = setup;
    this.times = times;
  }

  /** What portions are keyed by. */
  static String key(Portion portion) {
    return portion.grouping() + "@" + portion.windowMillis();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    ListState<Long> all =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("reached", Types.LONG));
    reached = all;
    reachedMillis = Long.MIN_VALUE;
    for (long one : all.get()) {
      reachedMillis = Math.max(reachedMillis, one);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    Opened.nonNull(reached).update(List.of(reachedMillis));
  }

  @Override
  public void open(OpenContext context) {
    ViewerRules<?, ?, ?> opened = setup.rules();
    RollupRules<?> rollups = opened.rollups();
    rules = rollups;
    head =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("window", new RecordType<>(Head.class)));
    cells =
        new WindowCells(
            rollups,
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<>(
                        "cells",
                        new RecordType<>(WindowCells.Key.class),
                        new RecordType<>(WindowCells.Sums.class))));
  }

  @Override
  public void processElement(Portion portion, Context context, Collector<RollupWindow> out)
      throws Exception {
    reachedMillis = Math.max(reachedMillis, context.timerService().currentWatermark());
    long now = reachedMillis;
    long end = portion.windowMillis() + Opened.nonNull(rules).windowMillis();
    if (end + times.last().toMillis() <= now) {
      context.output(LATE, portion);
      return;
    }
    Head before = Opened.nonNull(head).value();
    if (before == null) {
      before = Head.of(portion);
      context.timerService().registerEventTimeTimer(end + times.first().toMillis());
      context.timerService().registerEventTimeTimer(end + times.last().toMillis());
    } else if (before.isTold()) {
      long step = times.again().toMillis();
      context.timerService().registerEventTimeTimer((Math.floorDiv(now, step) + 1) * step);
    }
    Opened.nonNull(head).update(Opened.nonNull(cells).add(before, portion));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RollupWindow> out)
      throws Exception {
    reachedMillis = Math.max(reachedMillis, timestamp);
    Head known = Opened.nonNull(head).value();
    if (known == null) {
      return;
    }
    WindowCells all = Opened.nonNull(cells);
    RollupWindow told = all.told(known);
    if (!told.rows().isEmpty()) {
      out.collect(told);
    }
    long end = known.windowMillis() + Opened.nonNull(rules).windowMillis();
    if (timestamp >= end + times.last().toMillis()) {
      Opened.nonNull(head).clear();
      all.clear();
    } else {
      Opened.nonNull(head).update(known.told());
    }
  }
}
