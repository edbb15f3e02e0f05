package io.aircheck.notify.kafka;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import java.util.List;
import java.util.Map;

/** Makes channels to topics of Kafka. */
public final class KafkaFactory implements NotifierFactory {
  @Override
  public String type() {
    return "kafka";
  }

  @Override
  public List<ChannelSetting> settings() {
    return KafkaConnection.SETTINGS;
  }

  @Override
  public Quantity meteredAs() {
    return Quantity.LOG_RECORDS;
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    KafkaConnection connection = new KafkaConnection(settings);
    return new Kafka(
        () -> connection.producer(Map.of()),
        connection.hosts(),
        connection.topic(),
        connection.source(),
        connection.timeout(),
        outbound);
  }
}
