package io.aircheck.notify.kafka;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes events to a topic: the key is the incident, so that what happens to it stays in order,
 * and the header {@code id} is the idempotency key.
 *
 * <p>The producer is made at the first delivery, because making one looks the brokers up.
 */
final class Kafka implements Notifier {
  private final LazyProducer producer;
  private final String topic;
  private final String source;
  private final Duration timeout;

  /**
   * @param producers makes a producer; its own time-outs are about as long as that given here
   * @param hosts brokers to begin with, asked of the policy before each use
   */
  Kafka(
      Supplier<Producer<String, byte[]>> producers,
      List<String> hosts,
      String topic,
      String source,
      Duration timeout,
      OutboundPolicy outbound) {
    this.producer = new LazyProducer(producers, hosts, outbound);
    this.topic = topic;
    this.source = source;
    this.timeout = timeout;
  }

  @Override
  public Optional<String> check() {
    try {
      return producer.get().partitionsFor(topic).isEmpty()
          ? Optional.of("there is no topic " + topic)
          : Optional.empty();
    } catch (OutboundPolicy.DeniedException e) {
      return Optional.of(e.reason());
    } catch (KafkaException e) {
      return Optional.of(KafkaConnection.words(e));
    }
  }

  @Override
  public Delivery deliver(Notification notification) {
    ProducerRecord<String, byte[]> event =
        EventRecord.of(topic, notification.change().incident().id(), notification, source);
    try {
      Future<RecordMetadata> sent = producer.get().send(event);
      RecordMetadata at = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Delivery.Delivered(
          "partition %d, offset %d".formatted(at.partition(), at.offset()));
    } catch (OutboundPolicy.DeniedException e) {
      return new Delivery.Rejected(e.reason());
    } catch (ExecutionException e) {
      return LazyProducer.meaning(e.getCause());
    } catch (KafkaException | IllegalStateException e) {
      return LazyProducer.meaning(e);
    } catch (TimeoutException e) {
      return later("no answer within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return later("interrupted");
    }
  }

  private static Delivery later(String reason) {
    return new Delivery.RetryAfter(reason, Optional.empty());
  }

  @Override
  public void close() {
    producer.close();
  }
}
