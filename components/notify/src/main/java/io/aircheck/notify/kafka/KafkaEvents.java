package io.aircheck.notify.kafka;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Discretion;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.export.ExportEvent;
import io.aircheck.notify.export.ExportTarget;
import io.aircheck.notify.export.Receipt;
import io.aircheck.notify.json.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Publishes events to a topic for each kind of them: the data as value, the rest as headers, by the
 * binary mode of the CloudEvents binding for Kafka. All of a batch are on their way at once.
 */
public final class KafkaEvents implements ExportTarget<ExportEvent> {
  /** What can be set. */
  public static final List<ChannelSetting> SETTINGS =
      KafkaConnection.SETTINGS.stream()
          .map(
              setting ->
                  setting.name().equals("topic")
                      ? ChannelSetting.required(
                          "topic", "What names of topics begin with; a dot and the kind follow.")
                      : setting)
          .toList();

  private final LazyProducer producer;
  private final String topic;
  private final String source;
  private final Duration timeout;
  private final Discretion discretion;

  /**
   * Does not connect.
   *
   * @param values by {@link #SETTINGS}
   * @throws IllegalArgumentException one line without secrets that says which setting is wrong
   */
  public KafkaEvents(Map<String, String> values, OutboundPolicy outbound) {
    ChannelSettings settings = new ChannelSettings("kafka", SETTINGS, values);
    KafkaConnection connection = new KafkaConnection(settings);
    producer = new LazyProducer(() -> connection.producer(Map.of()), connection.hosts(), outbound);
    topic = connection.topic();
    source = connection.source();
    timeout = connection.timeout();
    discretion = settings.discretion();
  }

  @Override
  public Receipt send(List<ExportEvent> batch) {
    try {
      return await(start(batch)).told(discretion);
    } catch (OutboundPolicy.DeniedException e) {
      return new Receipt(new Delivery.Rejected(e.reason()), 0);
    } catch (KafkaException | IllegalStateException e) {
      return new Receipt(LazyProducer.meaning(e), 0).told(discretion);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Receipt(later("interrupted"), 0);
    }
  }

  private List<Future<RecordMetadata>> start(List<ExportEvent> batch)
      throws OutboundPolicy.DeniedException {
    Producer<String, byte[]> open = producer.get();
    List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
    for (ExportEvent event : batch) {
      Future<RecordMetadata> one = open.send(record(event));
      sent.add(one);
      if (one.state() == Future.State.FAILED
          && !(one.exceptionNow() instanceof RecordTooLargeException)) {
        // Each of the others would wait as long for the same.
        return sent;
      }
    }
    return sent;
  }

  private Receipt await(List<Future<RecordMetadata>> sent) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    int refused = 0;
    String why = "";
    for (Future<RecordMetadata> one : sent) {
      try {
        one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return new Receipt(later("no answer within " + timeout.toSeconds() + " s"), 0);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RecordTooLargeException)) {
          return new Receipt(LazyProducer.meaning(e.getCause()), 0);
        }
        refused++;
        why = KafkaConnection.words(e.getCause());
      }
    }
    return new Receipt(new Delivery.Delivered(why), refused);
  }

  private ProducerRecord<String, byte[]> record(ExportEvent event) {
    ProducerRecord<String, byte[]> made =
        new ProducerRecord<>(
            topic + "." + event.kind(), event.key(), CloudEvent.bytes(event.data()));
    header(made, "content-type", "application/json");
    header(made, "ce_specversion", "1.0");
    header(made, "ce_id", event.id());
    header(made, "ce_source", source);
    header(made, "ce_type", event.type());
    header(made, "ce_subject", event.key());
    header(made, "ce_time", Instant.ofEpochMilli(event.atMillis()).toString());
    return made;
  }

  private static void header(ProducerRecord<String, byte[]> to, String name, String value) {
    to.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Delivery later(String reason) {
    return new Delivery.RetryAfter(reason, Optional.empty());
  }

  @Override
  public void close() {
    producer.close();
  }
}
