package io.aircheck.deploy.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Brings what comes out of a job to one of its exits, each outcome once: what came before a
 * checkpoint is part of it, and delivered when the checkpoint is complete, again and again until
 * the recipient says that it has it.
 */
final class DeliveryFunction extends ProcessFunction<Outcome, Void>
    implements CheckpointedFunction, CheckpointListener {
  private final Exit exit;
  private transient @Nullable ListState<Delivery> undelivered;
  private transient @Nullable Courier courier;
  private transient List<Outcome> collected = new ArrayList<>();

  DeliveryFunction(Exit exit) {
    this.exit = exit;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    collected = new ArrayList<>();
    ListState<Delivery> restored =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("deliveries", new RecordType<>(Delivery.class)));
    undelivered = restored;
    courier = new Courier(exit.id(), exit.recipient(), restored.get());
  }

  @Override
  public void open(OpenContext context) {
    Gauge<Integer> waiting = () -> Opened.nonNull(courier).waiting();
    getRuntimeContext().getMetricGroup().gauge("undelivered", waiting);
    Gauge<Long> arrived = () -> Opened.nonNull(courier).arrived();
    getRuntimeContext().getMetricGroup().gauge("delivered", arrived);
  }

  @Override
  public void processElement(Outcome outcome, Context context, Collector<Void> out) {
    collected.add(outcome);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    Courier delivering = Opened.nonNull(courier);
    delivering.check();
    if (!collected.isEmpty()) {
      Delivery delivery = new Delivery(UUID.randomUUID().toString(), collected);
      delivering.hold(context.getCheckpointId(), delivery);
      collected = new ArrayList<>();
    }
    Opened.nonNull(undelivered).update(delivering.undelivered());
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    Opened.nonNull(courier).complete(checkpoint);
  }

  @Override
  public void close() {
    if (courier != null) {
      courier.close();
    }
  }
}
