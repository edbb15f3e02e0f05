package io.aircheck.deploy.flink;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Streams as splits of a source.
 *
 * @param catalogue what to watch
 * @param periodMillis from one look into the catalogue to the next
 * @param workers what readers work with
 */
record StreamSource(StreamCatalogue catalogue, long periodMillis, WorkerSetup workers)
    implements Source<StreamReport, StreamSplit, Orders>, SupportsSplitReassignmentOnRecovery {

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<StreamSplit, Orders> createEnumerator(
      SplitEnumeratorContext<StreamSplit> context) {
    return restoreEnumerator(context, Orders.NONE);
  }

  @Override
  public SplitEnumerator<StreamSplit, Orders> restoreEnumerator(
      SplitEnumeratorContext<StreamSplit> context, Orders orders) {
    return new StreamEnumerator(context, catalogue, periodMillis, orders);
  }

  @Override
  public SourceReader<StreamReport, StreamSplit> createReader(SourceReaderContext context) {
    return new StreamReader(context, workers);
  }

  @Override
  public SimpleVersionedSerializer<StreamSplit> getSplitSerializer() {
    return new RecordBytes<>(StreamSplit.class);
  }

  @Override
  public SimpleVersionedSerializer<Orders> getEnumeratorCheckpointSerializer() {
    return new RecordBytes<>(Orders.class);
  }
}
