package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.ObservationFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** The folds of each run as state that is keyed by run. */
final class FoldFunction extends KeyedProcessFunction<String, StreamReport, Outcome> {
  private final WorkerSetup workers;
  private transient @Nullable ValueState<FoldedRun> state;
  private transient @Nullable Map<String, ObservationFold<?>> installed;
  private transient long openedMillis;

  FoldFunction(WorkerSetup workers) {
    this.workers = workers;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("folds", new RecordType<>(FoldedRun.class)));
    Map<String, ObservationFold<?>> byId = new TreeMap<>();
    workers.folds().forEach(fold -> byId.put(fold.id(), fold));
    installed = byId;
    openedMillis = System.currentTimeMillis();
  }

  @Override
  public void processElement(StreamReport report, Context context, Collector<Outcome> out)
      throws Exception {
    ValueState<FoldedRun> known = Opened.nonNull(state);
    FoldedRun before = known.value();
    RunFolding folding =
        new RunFolding(
            report.run(),
            chosen(report.run()),
            workers.settings().strict(),
            before == null ? FoldedRun.NEW : before,
            openedMillis);
    switch (report) {
      case StreamReport.Advanced advanced -> {
        out.collect(folding.advanced(advanced, context.timerService().currentProcessingTime()));
        known.update(folding.snapshot());
      }
      case StreamReport.Ended ended -> {
        out.collect(folding.ended(ended));
        known.clear();
      }
      case StreamReport.Retold retold -> out.collect(folding.retold());
    }
  }

  private List<ObservationFold<?>> chosen(Run run) {
    List<ObservationFold<?>> chosen = new ArrayList<>();
    for (String id : run.folds()) {
      ObservationFold<?> fold = Opened.nonNull(installed).get(id);
      if (fold == null) {
        throw new IllegalStateException("this worker has no fold " + id);
      }
      chosen.add(fold);
    }
    return chosen;
  }
}
