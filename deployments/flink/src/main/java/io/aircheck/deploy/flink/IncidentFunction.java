package io.aircheck.deploy.flink;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentRules;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** The incidents of each stream as state that is keyed by stream. */
final class IncidentFunction extends KeyedProcessFunction<String, Outcome, Outcome> {
  private final WorkerSetup workers;
  private transient @Nullable ValueState<StreamIncidents> state;
  private transient @Nullable ValueState<OpenIncidents> openState;
  private transient @Nullable IncidentRules<?> rules;
  private transient @Nullable IncidentMetrics metrics;

  IncidentFunction(WorkerSetup workers) {
    this.workers = workers;
  }

  @Override
  public void open(OpenContext context) {
    rules =
        workers
            .incidents()
            .orElseThrow(() -> new IllegalStateException("this worker has no rules of incidents"));
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("incidents", new RecordType<>(StreamIncidents.class)));
    openState =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("open", new RecordType<>(OpenIncidents.class)));
    metrics =
        new IncidentMetrics(
            getRuntimeContext().getMetricGroup().addGroup(StreamEnumerator.METRICS));
  }

  @Override
  public void processElement(Outcome outcome, Context context, Collector<Outcome> out)
      throws Exception {
    ValueState<StreamIncidents> known = Opened.nonNull(state);
    IncidentFolding<?> folding =
        new IncidentFolding<>(Opened.nonNull(rules), outcome.stream(), known.value());
    switch (outcome) {
      case Outcome.Observed observed -> tell(folding.observed(observed), observed.run(), out);
      case Outcome.Ended ended -> tell(folding.ended(ended), ended.run(), out);
      case Outcome.Retold retold -> {}
      case Outcome.Changed changed -> throw new IllegalArgumentException("comes from here");
    }
    if (outcome instanceof Outcome.Ended ended && !ended.again()) {
      // Everything is closed.
      known.clear();
      Opened.nonNull(openState).clear();
      Opened.nonNull(metrics).forget(outcome.stream());
    } else {
      known.update(folding.snapshot());
    }
  }

  private void tell(List<IncidentChange> changes, Run run, Collector<Outcome> out)
      throws IOException {
    ValueState<OpenIncidents> state = Opened.nonNull(openState);
    OpenIncidents before = state.value();
    OpenIncidents open = before == null ? OpenIncidents.NONE : before;
    for (IncidentChange change : changes) {
      out.collect(new Outcome.Changed(change, run.labels()));
      Opened.nonNull(metrics).happened(change);
      open = open.after(change);
    }
    if (!changes.isEmpty()) {
      state.update(open);
    }
    // Without a change, too: after a restart they are learnt with the first word of the stream.
    Opened.nonNull(metrics).open(run.stream(), open);
  }
}
