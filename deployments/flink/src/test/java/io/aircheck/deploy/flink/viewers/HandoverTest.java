package io.aircheck.deploy.flink.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.viewer.ReportLog;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.scale.StatelessCollector;
import io.aircheck.notify.kafka.KafkaReportLog;
import io.aircheck.testkit.KafkaBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector in front of a real Kafka that goes away. */
@Tag("slow")
class HandoverTest {
  private static final String TOPIC = "viewer-reports";

  /** Clearly less than the time-out of four seconds, also on a machine that has little time. */
  private static final long AT_ONCE_NANOS = 2_000_000_000L;

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir private Path folder;

  private static ViewerReport report(String session, int sequence) {
    return new ViewerReport(
        session, "events", sequence, 1_000, 2_000, ViewerReport.Facts.NONE, Map.of());
  }

  private static @Nullable Answer send(StatelessCollector collector, ViewerReport... reports) {
    Arrival arrival = new Arrival(2_000, "events", Map.of());
    return collector.keep(
        new JournalEntry(ReportSchema.PLAIN, arrival, new byte[0]), List.of(reports));
  }

  /** Sends it again and again, as a player does, until it is taken. */
  private static void sendUntilTaken(StatelessCollector collector, ViewerReport report) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (send(collector, report) != null) {
      assertThat(System.nanoTime()).as("%s", collector.problem()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void body_isAcknowledgedWhenKafkaHasIt_andRefusedWhileKafkaIsAway() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder, TOPIC);
        ReportLog log =
            new KafkaReportLog(
                Map.of(
                    "bootstrapServers", broker.address(), "topic", TOPIC, "timeoutSeconds", "4"))) {
      StatelessCollector collector = new StatelessCollector(log);
      // A broker that has just begun may not tell in time what it has.
      sendUntilTaken(collector, report("first", 1));
      assertThat(send(collector, report("a", 1), report("b", 1), report("a", 2))).isNull();
      assertThat(collector.problem()).isEmpty();

      broker.stop();
      Answer refused = send(collector, report("a", 3));
      assertThat(refused).isInstanceOf(Answer.Unavailable.class);
      assertThat(collector.problem().orElseThrow())
          .startsWith("reports of viewers cannot be handed over: topic viewer-reports: ");
      long begin = System.nanoTime();
      assertThat(send(collector, report("a", 3))).isInstanceOf(Answer.Unavailable.class);
      assertThat(System.nanoTime() - begin).as("refused at once").isLessThan(AT_ONCE_NANOS);

      broker.start();
      sendUntilTaken(collector, report("a", 3));
      assertThat(collector.problem()).isEmpty();
      log.tick(5_000);

      List<ConsumerRecord<String, String>> records = broker.read(TOPIC, 4 + 3);
      assertThat(records.stream().filter(record -> "a".equals(record.key())))
          .extracting(ConsumerRecord::value)
          .first()
          .asString()
          .contains("\"session\":\"a\"", "\"sequence\":1", "\"sequence\":2");
      assertThat(records.stream().filter(record -> "a".equals(record.key())))
          .last()
          .satisfies(
              record -> {
                assertThat(record.value()).contains("\"sequence\":3");
                assertThat(record.timestamp()).isEqualTo(2_000);
              });
      assertThat(records.stream().filter(record -> "b".equals(record.key()))).hasSize(1);
      assertThat(records.stream().filter(record -> record.key() == null))
          .extracting(ConsumerRecord::partition)
          .containsExactlyInAnyOrder(0, 1, 2);
    }
  }
}
