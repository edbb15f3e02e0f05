package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.ObservationFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** The folds of the runs of each stream as state that is keyed by stream. */
final class FoldFunction extends KeyedProcessFunction<String, StreamReport, Outcome> {
  private final WorkerSetup workers;
  private transient @Nullable MapState<String, FoldedRun> runs;
  private transient @Nullable Map<String, ObservationFold<?>> installed;
  private transient long openedMillis;

  FoldFunction(WorkerSetup workers) {
    this.workers = workers;
  }

  @Override
  public void open(OpenContext context) {
    runs =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("folds", Types.STRING, new RecordType<>(FoldedRun.class)));
    Map<String, ObservationFold<?>> byId = new TreeMap<>();
    workers.folds().forEach(fold -> byId.put(fold.id(), fold));
    installed = byId;
    openedMillis = System.currentTimeMillis();
  }

  @Override
  public void processElement(StreamReport report, Context context, Collector<Outcome> out)
      throws Exception {
    MapState<String, FoldedRun> known = Opened.nonNull(runs);
    String run = report.run().id();
    FoldedRun before = known.get(run);
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
        known.put(run, folding.snapshot());
      }
      case StreamReport.Ended ended -> {
        out.collect(folding.ended(ended));
        known.remove(run);
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
