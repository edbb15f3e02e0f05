package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupWindow;
import io.aircheck.core.viewer.ViewerRules;
import io.aircheck.deploy.flink.RecordType;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The job: reports from a topic, sessions and windows as keyed state, sums and facts to stores.
 *
 * @param setup what its tasks work with
 * @param topic where reports are
 * @param settings how it runs
 */
public record ViewerJob(ViewerSetup setup, ReportTopic topic, Settings settings) {
  /** Name of the job. */
  public static final String NAME = "aircheck viewers";

  /** Time of events passes so often for whoever waits for it, and sums are let go. */
  private static final Duration MARK = Duration.ofSeconds(1);

  /**
   * How it runs.
   *
   * @param checkpoint from one checkpoint to the next
   * @param disorder clocks of collectors differ by less
   * @param windows when sums are told
   * @param rolling when views become files
   */
  public record Settings(
      Duration checkpoint, Duration disorder, WindowTimes windows, Rolling rolling) {
    /** The usual. */
    public static final Settings DEFAULT =
        new Settings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            WindowTimes.DEFAULT,
            new Rolling(50_000, Duration.ofMinutes(5)));
  }

  /**
   * Submits it; it goes on until it is cancelled.
   *
   * @throws IOException when the cluster does not take it
   */
  public JobClient submit(StreamExecutionEnvironment cluster) throws IOException {
    cluster.enableCheckpointing(settings.checkpoint().toMillis());
    cluster.getConfig().setAutoWatermarkInterval(MARK.toMillis());
    build(cluster, Rules.of(setup));
    try {
      return cluster.executeAsync(NAME);
    } catch (Exception e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private <S extends Record, O extends Record, V extends Record> void build(
      StreamExecutionEnvironment cluster, ViewerRules<S, O, V> rules) {
    Class<V> viewType = rules.views().viewType();
    OutputTag<V> complete = new OutputTag<>("views", new RecordType<>(viewType));
    SingleOutputStreamOperator<O> news =
        cluster
            .fromSource(
                source(),
                WatermarkStrategy.forBoundedOutOfOrderness(settings.disorder()),
                "reports")
            .uid("reports")
            .filter(record -> !record.isTick())
            .name("reports of sessions")
            .keyBy(HandedOver::session)
            .process(
                new SessionFunction<S, Object, O, V>(setup, complete),
                new RecordType<>(rules.sessions().outputType()))
            .name("sessions")
            .uid("sessions");
    SingleOutputStreamOperator<RollupWindow> windows =
        news.transform("portions", new RecordType<>(Portion.class), new GatherOperator<>(setup))
            .uid("portions")
            .keyBy(WindowFunction::key)
            .process(
                new WindowFunction(setup, settings.windows()), new RecordType<>(RollupWindow.class))
            .name("windows")
            .uid("windows");
    windows.sinkTo(new RollupStore(setup)).name("rollups").uid("rollups");
    windows
        .getSideOutput(WindowFunction.LATE)
        .process(new LateFunction(), new RecordType<>(Portion.class))
        .name("late")
        .uid("late")
        .sinkTo(new DiscardingSink<>())
        .name("nothing");
    news.getSideOutput(complete)
        .sinkTo(new FactStore<>(setup, viewType, settings.rolling()))
        .name("facts")
        .uid("facts");
  }

  @SuppressWarnings("deprecation") // the connector wants a type that Kafka has replaced
  private KafkaSource<HandedOver> source() {
    Properties client = new Properties();
    client.putAll(topic.client());
    // What was there before the first start is read; a job that begins anew goes on where the last
    // one was, rather than to publish what that has published already.
    return KafkaSource.<HandedOver>builder()
        .setProperties(client)
        .setTopics(topic.name())
        .setGroupId(topic.group())
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new TopicRecords())
        .setProperty("partition.discovery.interval.ms", "60000")
        .build();
  }
}
