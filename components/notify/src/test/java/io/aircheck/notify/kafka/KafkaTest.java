package io.aircheck.notify.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.notify.http.HttpReceiver;
import io.aircheck.testkit.NotifierContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class KafkaTest extends NotifierContract {
  private static final Node BROKER = new Node(0, "127.0.0.1", 9092);

  private final MockProducer<String, byte[]> answering = failing(null);

  /** A producer whose brokers answer at once, with a failure if one is given. */
  private static MockProducer<String, byte[]> failing(@Nullable RuntimeException failure) {
    PartitionInfo partition =
        new PartitionInfo("incidents", 0, BROKER, new Node[] {BROKER}, new Node[] {BROKER});
    Cluster cluster = new Cluster("test", List.of(BROKER), List.of(partition), Set.of(), Set.of());
    return new MockProducer<>(
        cluster, failure == null, null, new StringSerializer(), new ByteArraySerializer()) {
      @Override
      public synchronized Future<RecordMetadata> send(
          ProducerRecord<String, byte[]> event, Callback callback) {
        Future<RecordMetadata> sent = super.send(event, callback);
        if (failure != null) {
          errorNext(failure);
        }
        return sent;
      }
    };
  }

  private Producer<String, byte[]> producer(Receiver receiver) {
    return switch (receiver) {
      case ACCEPTS, NEVER_STOPS -> answering;
      case IS_BUSY -> failing(new NotEnoughReplicasException("two of three"));
      case REFUSES -> failing(new RecordTooLargeException("more than a megabyte"));
      case ECHOES -> failing(new RecordTooLargeException("not with " + SECRET));
      case IS_AWAY -> throw new KafkaException("no broker", new NetworkException("refused"));
      case HANGS ->
          new MockProducer<>(
              Cluster.empty(), true, null, new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(
                ProducerRecord<String, byte[]> event, Callback callback) {
              return new CompletableFuture<>();
            }
          };
    };
  }

  @Override
  protected Notifier open(Receiver receiver, OutboundPolicy outbound) {
    NotifierFactory factory =
        new NotifierFactory() {
          @Override
          public String type() {
            return "kafka";
          }

          @Override
          public List<ChannelSetting> settings() {
            return List.of(ChannelSetting.required("password", "").asSecret());
          }

          @Override
          public Notifier create(ChannelSettings settings, OutboundPolicy policy) {
            return new Kafka(
                () -> producer(receiver),
                List.of("127.0.0.1"),
                "incidents",
                "aircheck",
                Duration.ofSeconds(timeoutSeconds(receiver)),
                policy);
          }
        };
    return new NotifierCatalog(List.of(factory))
        .create("kafka", Map.of("password", SECRET), outbound);
  }

  @Test
  void event_hasTheIncidentAsKeyAndTheIdempotencyKeyAsHeader() {
    Notification opened = notification(IncidentChange.Type.OPENED);
    try (Notifier kafka =
        open(Receiver.ACCEPTS, new OutboundPolicy(Set.of("http"), true, List.of()))) {
      assertThat(kafka.deliver(opened)).isEqualTo(new Delivery.Delivered("partition 0, offset 0"));
    }

    ProducerRecord<String, byte[]> event = answering.history().getFirst();
    assertThat(event.topic()).isEqualTo("incidents");
    assertThat(event.key()).isEqualTo(opened.change().incident().id());
    Map<String, String> headers = new HashMap<>();
    for (Header header : event.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    assertThat(headers)
        .containsEntry("id", opened.key())
        .containsEntry("content-type", "application/cloudevents+json; charset=utf-8");
    assertThat(new String(event.value(), StandardCharsets.UTF_8))
        .contains("\"type\":\"io.aircheck.incident.opened\"");
  }

  @Test
  void channel_asConfigured_makesAProducerThatFindsNobody() throws Exception {
    // A real producer, so that its settings are known to be such; no broker listens.
    Map<String, String> settings =
        Map.of(
            "bootstrapServers", "127.0.0.1:" + HttpReceiver.freePort(),
            "topic", "incidents",
            "username", "ada",
            "password", "with \"quotes\" and \\",
            "timeoutSeconds", "1");
    try (Notifier kafka =
        NotifierCatalog.installed()
            .create("kafka", settings, new OutboundPolicy(Set.of("http"), true, List.of()))) {
      assertThat(kafka.deliver(notification(IncidentChange.Type.OPENED)))
          .isInstanceOfSatisfying(
              Delivery.RetryAfter.class,
              later -> assertThat(later.reason()).startsWith("TimeoutException: "));
    }
  }

  @Test
  void settings_thatAreWrong_areNamed() {
    OutboundPolicy open = new OutboundPolicy(Set.of("http"), true, List.of());
    Map<String, String> wrong = new HashMap<>(Map.of("bootstrapServers", "kafka", "topic", "t"));
    assertThatThrownBy(() -> NotifierCatalog.installed().create("kafka", wrong, open))
        .hasMessage(
            "channel of type kafka: bootstrapServers must be brokers such as"
                + " kafka.example.com:9092");
    wrong.put("bootstrapServers", "kafka:9092");
    wrong.put("security", "maybe");
    assertThatThrownBy(() -> NotifierCatalog.installed().create("kafka", wrong, open))
        .hasMessage("channel of type kafka: security must be one of tls, none");
  }
}
