package io.aircheck.notify.kafka;

import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Discretion;
import io.aircheck.core.notify.IncidentSink;
import io.aircheck.core.notify.Notification;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes every change of an incident to a topic once, as a CloudEvent: the key is the stream, so
 * that what happens on it stays in order. Whoever reads with {@code read_committed} sees batches
 * whole, and none twice.
 *
 * <p>A batch is a transaction. Which one it is stands beside an offset of a consumer group that
 * nobody reads with, committed by the same transaction: so whoever comes next, or does not know
 * whether a transaction was committed, can tell. Its id fences off whoever wrote before under the
 * same name. Brokers forget the offset after {@code offsets.retention.minutes}, a week, without a
 * batch.
 */
public final class KafkaSink implements IncidentSink {
  private final KafkaConnection connection;
  private final Discretion discretion;

  /** Transactional id, and the group whose offset says which batch was the last. */
  private final String name;

  private final TopicPartition progress;
  private @Nullable Producer<String, byte[]> producer;
  private @Nullable ConsumerGroupMetadata group;

  /**
   * Does not connect.
   *
   * @param values as those of a channel of this type; topic and {@code source} together name who
   *     writes, and only one may do so at a time
   * @throws IllegalArgumentException one line without secrets that says which setting is wrong
   */
  public KafkaSink(Map<String, String> values) {
    ChannelSettings settings = new ChannelSettings("kafka", KafkaConnection.SETTINGS, values);
    connection = new KafkaConnection(settings);
    discretion = settings.discretion();
    name = "aircheck-sink/" + connection.source() + "/" + connection.topic();
    progress = new TopicPartition(connection.topic(), 0);
  }

  @Override
  public Optional<String> open() throws IOException {
    close();
    try {
      Producer<String, byte[]> made =
          connection.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name));
      producer = made;
      // Ends what a transaction before has left open, by its commit or by its abortion.
      made.initTransactions();
      made.partitionsFor(connection.topic());
      return last();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private Optional<String> last() {
    Map<String, Object> settings = new HashMap<>(connection.client());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, name);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Waits for what a transaction is about to commit.
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (Consumer<byte[], byte[]> reader =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      group = reader.groupMetadata();
      OffsetAndMetadata last =
          reader.committed(Set.of(progress), connection.timeout()).get(progress);
      return Optional.ofNullable(last).map(OffsetAndMetadata::metadata);
    }
  }

  @Override
  public void take(Batch batch) throws IOException {
    Producer<String, byte[]> open = producer;
    ConsumerGroupMetadata nobody = group;
    if (open == null || nobody == null) {
      throw new IOException("not open");
    }
    try {
      open.beginTransaction();
      for (Notification one : batch.notifications()) {
        // What is not taken is told by the commit.
        var unused =
            open.send(
                EventRecord.of(
                    connection.topic(),
                    one.change().incident().stream(),
                    one,
                    connection.source()));
      }
      open.sendOffsetsToTransaction(Map.of(progress, new OffsetAndMetadata(0, batch.id())), nobody);
      open.commitTransaction();
    } catch (KafkaException | IllegalStateException e) {
      throw failure(e);
    }
  }

  private IOException failure(RuntimeException failure) {
    return new IOException(
        "topic %s: %s"
            .formatted(connection.topic(), discretion.of(KafkaConnection.words(failure))));
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }
}
