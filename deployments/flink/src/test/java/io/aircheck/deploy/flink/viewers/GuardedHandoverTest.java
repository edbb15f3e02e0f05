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
import io.aircheck.testkit.HostCertificate;
import io.aircheck.testkit.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A collector in front of a real Kafka that asks who it is. */
@Tag("slow")
class GuardedHandoverTest {
  private static final String TOPIC = "viewer-reports";
  private static final String USER = "collector";
  private static final String PASSWORD = "correct horse";
  private static final String WRONG = "wrong battery";
  private static final long SOON_NANOS = 5_000_000_000L;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir private Path folder;

  private static @Nullable Answer send(StatelessCollector collector) {
    ViewerReport report =
        new ViewerReport("a", "events", 1, 1_000, 2_000, ViewerReport.Facts.NONE, Map.of());
    Arrival arrival = new Arrival(2_000, "events", Map.of());
    return collector.keep(
        new JournalEntry(ReportSchema.PLAIN, arrival, new byte[0]), List.of(report));
  }

  private static KafkaReportLog log(KafkaBroker broker, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("bootstrapServers", broker.guardedAddress());
    settings.put("topic", TOPIC);
    return new KafkaReportLog(settings);
  }

  /** Sends again and again, as a player does, until it is taken. */
  private static void sendUntilTaken(StatelessCollector collector) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (send(collector) != null) {
      assertThat(System.nanoTime()).as("%s", collector.problem()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Asks until it is refused: brokers that are busy may not say so in time. */
  private static String refusal(KafkaReportLog log) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Optional<String> refusal = log.refusal();
    while (refusal.isEmpty()) {
      assertThat(System.nanoTime()).as("%s", log.problem()).isLessThan(deadline);
      refusal = log.refusal();
    }
    return refusal.get();
  }

  private Path broker() throws Exception {
    return Files.createDirectories(folder.resolve("kafka"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scram-sha-256", "scram-sha-512"})
  void password_thatIsWrong_isToldSoon_andWhenItIsRightReportsAreTaken(String mechanism)
      throws Exception {
    Map<String, String> user =
        Map.of("username", USER, "password", PASSWORD, "mechanism", mechanism);
    try (KafkaBroker broker = new KafkaBroker(broker(), TOPIC);
        KafkaReportLog log = log(broker, user)) {
      broker.allow(USER, WRONG);
      StatelessCollector collector = new StatelessCollector(log);
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      long begin;
      do {
        // One that has just begun may not answer in time.
        begin = System.nanoTime();
        assertThat(begin).as("%s", log.problem()).isLessThan(deadline);
        log.tick(1_000);
      } while (!log.problem().orElse("").contains("SaslAuthenticationException"));
      assertThat(System.nanoTime() - begin).as("soon").isLessThan(SOON_NANOS);
      assertThat(collector.problem().orElseThrow())
          .startsWith("reports of viewers cannot be handed over: topic viewer-reports: ")
          .contains("check username, password and mechanism")
          .doesNotContain(PASSWORD);
      assertThat(refusal(log)).isEqualTo(log.problem().orElseThrow());
      assertThat(send(collector)).isInstanceOf(Answer.Unavailable.class);

      broker.allow(USER, PASSWORD);
      sendUntilTaken(collector);
      assertThat(collector.problem()).isEmpty();
      assertThat(log.refusal()).isEmpty();
      assertThat(broker.read(TOPIC, 1)).extracting(record -> record.key()).contains("a");
    }
  }

  @Test
  void tls_withTheAuthorityOfTheBroker_takesReports_andWithoutItSaysSo() throws Exception {
    HostCertificate own = HostCertificate.in(folder);
    Map<String, String> user =
        Map.of(
            "security",
            "tls",
            "username",
            KafkaBroker.PLAIN_USER,
            "password",
            KafkaBroker.PLAIN_PASSWORD,
            "mechanism",
            "plain");
    Map<String, String> trusting = new HashMap<>(user);
    trusting.put("certificates", own.certificate().toString());
    try (KafkaBroker broker = new KafkaBroker(broker(), Optional.of(own), TOPIC);
        ReportLog log = log(broker, trusting);
        KafkaReportLog stranger = log(broker, user)) {
      sendUntilTaken(new StatelessCollector(log));
      assertThat(refusal(stranger))
          .contains("SslAuthenticationException", "check security, certificates");
      assertThat(send(new StatelessCollector(stranger))).isInstanceOf(Answer.Unavailable.class);
      assertThat(broker.read(TOPIC, 1)).hasSize(1);
    }
  }

  @Test
  void collectorWithoutAUser_isToldWhatToCheck() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(broker(), TOPIC);
        ReportLog log = log(broker, Map.of("timeoutSeconds", "2"))) {
      StatelessCollector collector = new StatelessCollector(log);
      assertThat(send(collector)).isInstanceOf(Answer.Unavailable.class);
      assertThat(collector.problem().orElseThrow()).contains("check bootstrapServers, security");
    }
  }
}
