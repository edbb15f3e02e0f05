package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.FactOutlet;
import io.aircheck.deploy.flink.RecordBytes;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

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

  @Override
  public StatefulSinkWriter<V, V> createWriter(WriterInitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<V, V> restoreWriter(WriterInitContext context, Collection<V> before) {
    return new FactWriter<>(
        Rules.<Record, Record, V>of(setup).views(),
        setup.facts(),
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
    return new FactCommitter(setup.facts());
  }

  @Override
  public SimpleVersionedSerializer<FactOutlet.File> getCommittableSerializer() {
    return new RecordBytes<>(FactOutlet.File.class);
  }
}
