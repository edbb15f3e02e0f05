package io.aircheck.deploy.flink;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentRules;
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
  private transient @Nullable IncidentRules<?> rules;

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
    } else {
      known.update(folding.snapshot());
    }
  }

  private static void tell(List<IncidentChange> changes, Run run, Collector<Outcome> out) {
    changes.forEach(change -> out.collect(new Outcome.Changed(change, run.labels())));
  }
}
