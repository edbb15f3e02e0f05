package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.viewer.FactOutlet;
import io.aircheck.deploy.flink.RecordBytes;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Publishes views as files of facts, each exactly once: a file is part of a checkpoint, and
 * published when that is complete; if that is done again after a failure, it has the same name and
 * content.
 *
 * @param setup says where they go
 * @param viewType what views are
 * @param rolling when what waits becomes files
 */
record FactStore<V extends Record>(ViewerSetup setup, Class<V> viewType, Rolling rolling)
    implements Sink<V>, SupportsWriterState<V, V>, SupportsCommitter<FactOutlet.File> {
  /** What publishing a file is billed for. */
  private static final List<Quantity> BILLED =
      List.of(Quantity.OBJECT_WRITES, Quantity.OBJECT_BYTES_WRITTEN);

  @Override
  public StatefulSinkWriter<V, V> createWriter(WriterInitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<V, V> restoreWriter(WriterInitContext context, Collection<V> before) {
    return new FactWriter<>(
        Rules.<Record, Record, V>of(setup).views(),
        setup.facts(new Meter()), // it publishes nothing
        rolling,
        context.getProcessingTimeService()::getCurrentProcessingTime,
        before);
  }

  @Override
  public SimpleVersionedSerializer<V> getWriterStateSerializer() {
    return new RecordBytes<>(viewType);
  }

  @Override
  public Committer<FactOutlet.File> createCommitter(CommitterInitContext context) {
    Meter meter = new Meter();
    tell(context.metricGroup().addGroup("viewers"), meter);
    return new FactCommitter(setup.facts(meter));
  }

  private static void tell(MetricGroup metrics, Meter meter) {
    for (Quantity quantity : BILLED) {
      metrics.gauge(
          "usage_" + quantity.name().toLowerCase(Locale.ROOT),
          (Gauge<Double>) () -> meter.usage().of(quantity));
    }
  }

  @Override
  public SimpleVersionedSerializer<FactOutlet.File> getCommittableSerializer() {
    return new RecordBytes<>(FactOutlet.File.class);
  }
}
