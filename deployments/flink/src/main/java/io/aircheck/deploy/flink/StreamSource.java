package io.aircheck.deploy.flink;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Streams as splits of a source.
 *
 * @param catalogue what to watch
 * @param periodMillis from one look into the catalogue to the next
 * @param workers what readers work with
 * @param errands what else readers are asked for; null: nobody asks
 * @param supervisor wants to know what the cluster uses; null: nobody does
 */
record StreamSource(
    StreamCatalogue catalogue,
    long periodMillis,
    WorkerSetup workers,
    @Nullable Errands errands,
    @Nullable Supervisor supervisor)
    implements Source<StreamReport, StreamSplit, Plan>, SupportsSplitReassignmentOnRecovery {

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<StreamSplit, Plan> createEnumerator(
      SplitEnumeratorContext<StreamSplit> context) {
    return restoreEnumerator(context, Plan.NONE);
  }

  @Override
  public SplitEnumerator<StreamSplit, Plan> restoreEnumerator(
      SplitEnumeratorContext<StreamSplit> context, Plan plan) {
    return new StreamEnumerator(context, catalogue, periodMillis, supervisor, plan);
  }

  @Override
  public SourceReader<StreamReport, StreamSplit> createReader(SourceReaderContext context) {
    return new StreamReader(context, workers, errands);
  }

  @Override
  public SimpleVersionedSerializer<StreamSplit> getSplitSerializer() {
    return new RecordBytes<>(StreamSplit.class);
  }

  @Override
  public SimpleVersionedSerializer<Plan> getEnumeratorCheckpointSerializer() {
    return new PlanBytes();
  }
}
