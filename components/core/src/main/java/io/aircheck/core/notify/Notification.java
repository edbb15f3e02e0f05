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
 * @param reach viewers that it concerns; not kept with it but looked up for each attempt, so that
 *     what is told late is told with what is known then
 */
public record Notification(
    String key,
    String channel,
    IncidentChange change,
    Map<String, String> labels,
    ViewerReach reach) {
  public Notification {
    labels = Map.copyOf(labels);
  }

  /** Of which nothing is known about viewers. */
  public Notification(
      String key, String channel, IncidentChange change, Map<String, String> labels) {
    this(key, channel, change, labels, ViewerReach.UNKNOWN);
  }

  /** The same with what is known of viewers now. */
  public Notification reaching(ViewerReach known) {
    return new Notification(key, channel, change, labels, known);
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
