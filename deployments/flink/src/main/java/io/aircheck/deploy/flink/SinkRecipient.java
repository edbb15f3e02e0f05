package io.aircheck.deploy.flink;

import io.aircheck.core.notify.IncidentSink;
import io.aircheck.core.notify.Notification;
import java.io.IOException;
import java.util.Optional;

/**
 * Delivers to a sink of incidents.
 *
 * @param channel name of the sink
 */
record SinkRecipient(String channel, IncidentSink sink) implements Recipient {
  @Override
  public Optional<String> open() throws IOException {
    return sink.open();
  }

  @Override
  public void deliver(Delivery delivery) throws IOException {
    sink.take(
        new IncidentSink.Batch(
            delivery.id(), delivery.outcomes().stream().map(this::notification).toList()));
  }

  private Notification notification(Outcome outcome) {
    if (outcome instanceof Outcome.Changed changed) {
      return Notification.of(changed.change(), channel, changed.labels());
    }
    throw new IllegalArgumentException("sinks take changes of incidents only");
  }

  @Override
  public void close() {
    sink.close();
  }
}
