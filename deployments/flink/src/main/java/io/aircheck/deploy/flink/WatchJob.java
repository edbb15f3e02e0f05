package io.aircheck.deploy.flink;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The job: streams as splits of a source, their folds and incidents as keyed state, and a way home.
 *
 * @param workers what its tasks work with
 * @param checkpoint from one checkpoint to the next; what comes of a stream comes home with the
 *     checkpoint that follows, so that nothing comes twice after a failure
 * @param catalogue from one look at what is to be watched to the next
 */
record WatchJob(WorkerSetup workers, Duration checkpoint, Duration catalogue) {
  static final String NAME = "aircheck";

  /**
   * Submits it.
   *
   * @param desk which it follows
   * @throws IOException when the cluster does not take it
   */
  JobClient submit(StreamExecutionEnvironment cluster, DeskLink desk) throws IOException {
    cluster.enableCheckpointing(checkpoint.toMillis());
    DataStream<StreamReport> reports =
        cluster
            .fromSource(
                new StreamSource(desk, catalogue.toMillis(), workers, desk),
                WatermarkStrategy.noWatermarks(),
                "streams",
                new RecordType<>(StreamReport.class))
            .uid("streams");
    SingleOutputStreamOperator<Outcome> folded =
        reports
            .keyBy(report -> report.run().id())
            .process(new FoldFunction(workers), new RecordType<>(Outcome.class))
            .name("folds")
            .uid("folds");
    DataStream<Outcome> outcomes = folded;
    if (workers.incidents().isPresent()) {
      outcomes =
          folded.union(
              folded
                  .keyBy(Outcome::stream)
                  .process(new IncidentFunction(workers), new RecordType<>(Outcome.class))
                  .name("incidents")
                  .uid("incidents"));
    }
    outcomes
        .process(new DeskFunction(desk))
        .name("desk")
        .uid("desk")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .name("nothing")
        .setParallelism(1);
    try {
      return cluster.executeAsync(NAME);
    } catch (Exception e) {
      throw new IOException(reason(e), e);
    }
  }

  /** What Flink says, and what was behind it: its own words alone often name the place only. */
  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failure
        ? String.valueOf(failure.getMessage())
        : failure.getMessage() + ": " + root;
  }
}
