package io.aircheck.deploy.flink.viewers;

import io.aircheck.deploy.flink.RecordType;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records of the topic as they are: what is in them is read where the session is. */
final class TopicRecords implements KafkaRecordDeserializationSchema<HandedOver> {
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<HandedOver> out) {
    byte[] key = record.key();
    byte[] value = record.value();
    out.collect(
        new HandedOver(
            key == null ? "" : new String(key, StandardCharsets.UTF_8),
            value == null ? new byte[0] : value));
  }

  @Override
  public TypeInformation<HandedOver> getProducedType() {
    return new RecordType<>(HandedOver.class);
  }
}
