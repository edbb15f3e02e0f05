package io.aircheck.core.notify;

import io.aircheck.core.incident.IncidentChange;
import java.util.Map;

/**
 * A change of an incident on its way to one channel.
 *
 * @param key idempotency key: the same for every attempt, different for every change and channel
 * @param channel name of the channel in the configuration
 * @param change what happened
 * @param labels labels of the stream, such as {@code cdn=north}
 */
public record Notification(
    String key, String channel, IncidentChange change, Map<String, String> labels) {
  public Notification {
    labels = Map.copyOf(labels);
  }

  /** The notification of a change to a channel. */
  public static Notification of(IncidentChange change, String channel, Map<String, String> labels) {
    return new Notification(
        change.incident().id() + "~" + change.incident().revision() + "~" + channel,
        channel,
        change,
        labels);
  }
}
