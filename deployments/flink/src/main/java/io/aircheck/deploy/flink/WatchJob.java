package io.aircheck.deploy.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The job: streams as splits of a source, their folds and incidents as keyed state, and ways out.
 *
 * @param workers what its tasks work with
 * @param checkpoint from one checkpoint to the next; what comes of a stream is delivered with the
 *     checkpoint that follows, so that nothing comes twice after a failure
 * @param catalogue from one look at what is to be watched to the next
 */
record WatchJob(WorkerSetup workers, Duration checkpoint, Duration catalogue) {
  static final String NAME = "aircheck";

  /**
   * Submits it, to do what a desk says.
   *
   * @throws IOException when the cluster does not take it
   */
  JobClient submit(StreamExecutionEnvironment cluster, DeskLink desk) throws IOException {
    return submit(cluster, desk, List.of(new Exit.ToDesk(desk)), desk);
  }

  /**
   * Submits it, for no service.
   *
   * @param streams says again and again what is to be watched
   * @param exits where what comes of it goes
   * @throws IOException when the cluster does not take it
   */
  JobClient submit(
      StreamExecutionEnvironment cluster, StreamCatalogue streams, List<? extends Exit> exits)
      throws IOException {
    return submit(cluster, streams, exits, null);
  }

  /**
   * @param desk asks for more, and wants to know what the cluster uses; null: there is none
   */
  private JobClient submit(
      StreamExecutionEnvironment cluster,
      StreamCatalogue streams,
      List<? extends Exit> exits,
      @Nullable DeskLink desk)
      throws IOException {
    cluster.enableCheckpointing(checkpoint.toMillis());
    // What comes of a stream is delivered with a checkpoint, whose barriers take along what waits.
    cluster.setBufferTimeout(checkpoint.toMillis());
    DataStream<StreamReport> reports =
        cluster
            .fromSource(
                new StreamSource(streams, catalogue.toMillis(), workers, desk, desk),
                WatermarkStrategy.noWatermarks(),
                "streams",
                new RecordType<>(StreamReport.class))
            .uid("streams");
    SingleOutputStreamOperator<Outcome> folded =
        reports
            .keyBy(report -> report.run().stream())
            .process(new FoldFunction(workers), new RecordType<>(Outcome.class))
            .name("folds")
            .uid("folds");
    Optional<DataStream<Outcome>> incidents =
        workers
            .incidents()
            .map(
                rules ->
                    // Where its folds are: what comes of a stream need not travel for it.
                    DataStreamUtils.reinterpretAsKeyedStream(folded, Outcome::stream)
                        .process(new IncidentFunction(workers), new RecordType<>(Outcome.class))
                        .name("incidents")
                        .uid("incidents"));
    for (Exit exit : exits) {
      DataStream<Outcome> outcomes =
          switch (exit) {
            case Exit.ToDesk all ->
                incidents.<DataStream<Outcome>>map(more -> folded.union(more)).orElse(folded);
            case Exit.ToSink sink ->
                incidents.orElseThrow(
                    () -> new IllegalArgumentException("nobody makes incidents for a sink"));
          };
      outcomes.process(new DeliveryFunction(exit)).name(exit.id()).uid(exit.id()).setParallelism(1);
    }
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
