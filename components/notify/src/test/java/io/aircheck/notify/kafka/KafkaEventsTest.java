package io.aircheck.notify.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.export.Events;
import io.aircheck.notify.export.ExportEvent;
import io.aircheck.notify.export.Receipt;
import io.aircheck.notify.http.HttpReceiver;
import io.aircheck.testkit.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KafkaEventsTest {
  private static final OutboundPolicy OPEN = new OutboundPolicy(Set.of("tcp"), true, List.of());

  private static KafkaEvents events(String address, int timeoutSeconds) {
    return new KafkaEvents(
        Map.of(
            "bootstrapServers",
            address,
            "topic",
            "viewers",
            "timeoutSeconds",
            Integer.toString(timeoutSeconds)),
        OPEN);
  }

  @Test
  @Tag("slow")
  void send_toABroker_thatGoesAwayAndComesBack(@TempDir Path folder) throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder, "viewers.sums", "viewers.sessions");
        KafkaEvents kafka = events(broker.address(), 10)) {
      List<ExportEvent> batch = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        batch.add(Events.of("sums", "sum" + i, "content=" + i % 3));
      }
      batch.add(Events.of("sessions", "end", "42"));

      assertThat(kafka.send(batch)).isEqualTo(new Receipt(new Delivery.Delivered(""), 0));

      assertThat(broker.read("viewers.sums", 100))
          .hasSize(100)
          .filteredOn(record -> record.key().equals("content=1"))
          .extracting(record -> header(record, "ce_id"))
          .startsWith("sum1", "sum4", "sum7")
          .hasSize(33);
      ConsumerRecord<String, String> end = broker.read("viewers.sessions", 1).getFirst();
      assertThat(end.key()).isEqualTo("42");
      assertThat(end.value()).isEqualTo("{\"words\":\"\"}");
      Map<String, String> headers = new HashMap<>();
      for (Header one : end.headers()) {
        headers.put(one.key(), new String(one.value(), StandardCharsets.UTF_8));
      }
      assertThat(headers)
          .isEqualTo(
              Map.of(
                  "content-type", "application/json",
                  "ce_specversion", "1.0",
                  "ce_id", "end",
                  "ce_source", "aircheck",
                  "ce_type", "io.aircheck.viewers.sessions",
                  "ce_subject", "42",
                  "ce_time", "2027-01-15T08:00:00Z"));

      broker.stop();
      assertThat(kafka.send(batch).delivery()).isInstanceOf(Delivery.RetryAfter.class);
      broker.start();
      Receipt again = kafka.send(batch);
      for (int i = 0; i < 10 && !(again.delivery() instanceof Delivery.Delivered); i++) {
        again = kafka.send(batch);
      }
      assertThat(again.delivery()).isInstanceOf(Delivery.Delivered.class);
      assertThat(broker.read("viewers.sums", 200))
          .extracting(record -> header(record, "ce_id"))
          .contains("sum0", "sum99");
    }
  }

  @Test
  @Tag("slow")
  void send_someAreTooLong_takesTheOthers(@TempDir Path folder) throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder, "viewers.sums");
        KafkaEvents kafka = events(broker.address(), 10)) {
      Receipt receipt =
          kafka.send(
              List.of(
                  Events.of("sums", "1", "a"),
                  Events.of("sums", "2", "a", "x".repeat(2_000_000)),
                  Events.of("sums", "3", "a")));

      assertThat(receipt.refused()).isEqualTo(1);
      assertThat(receipt.delivery())
          .isInstanceOfSatisfying(
              Delivery.Delivered.class,
              taken -> assertThat(taken.answer()).startsWith("RecordTooLargeException: "));
      assertThat(broker.read("viewers.sums", 2)).hasSize(2);
    }
  }

  @Test
  void send_nobodyThere_waitsOnceForAllOfTheBatch() throws Exception {
    String address = "127.0.0.1:" + HttpReceiver.freePort();
    try (KafkaEvents kafka = events(address, 2)) {
      Receipt receipt =
          kafka.send(
              List.of(
                  Events.of("sums", "1", "a"),
                  Events.of("sums", "2", "a"),
                  Events.of("sums", "3", "a")));

      assertThat(receipt.delivery())
          .isInstanceOfSatisfying(
              Delivery.RetryAfter.class,
              later -> assertThat(later.reason()).startsWith("TimeoutException: "));
    }
  }

  @Test
  void send_brokersThatMustNotBeReached_isRefused() {
    OutboundPolicy closed = new OutboundPolicy(Set.of("tcp"), false, List.of());
    try (KafkaEvents kafka =
        new KafkaEvents(Map.of("bootstrapServers", "127.0.0.1:9092", "topic", "v"), closed)) {
      assertThat(kafka.send(List.of(Events.of("sums", "1", "a"))).delivery())
          .isInstanceOf(Delivery.Rejected.class);
    }
  }

  @Test
  void settings_thatAreWrong_areNamed() {
    assertThatThrownBy(() -> new KafkaEvents(Map.of("topic", "v"), OPEN))
        .hasMessageContaining("bootstrapServers is missing");
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
