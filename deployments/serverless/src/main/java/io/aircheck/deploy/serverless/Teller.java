package io.aircheck.deploy.serverless;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells one channel, such as a topic of Amazon SNS, of changes of incidents. What it told of may be
 * told again after a failure, with the same key. Thread-safe when the channel is.
 */
public final class Teller {
  private static final System.Logger LOGGER = System.getLogger(Teller.class.getName());

  private final String name;
  private final Optional<Notifier> channel;

  private Teller(String name, Optional<Notifier> channel) {
    this.name = name;
    this.channel = channel;
  }

  /** Tells nobody. */
  public static Teller nobody() {
    return new Teller("", Optional.empty());
  }

  /**
   * Tells a channel.
   *
   * @param name of the channel, part of the keys of notifications
   */
  public static Teller of(String name, Notifier channel) {
    return new Teller(name, Optional.of(channel));
  }

  /** Whether there is somebody to tell. */
  boolean tells() {
    return channel.isPresent();
  }

  /**
   * What has come of telling.
   *
   * @param untold changes that the channel did not take for now
   * @param why what it said, one line; empty when it took all
   */
  record Told(List<IncidentChange> untold, String why) {}

  /** Tells of changes in order, until the channel does not take one for now. */
  Told tell(List<IncidentChange> changes, Map<String, String> labels, Meter meter) {
    if (channel.isEmpty()) {
      return new Told(List.of(), "");
    }
    List<IncidentChange> untold = new ArrayList<>(changes);
    while (!untold.isEmpty()) {
      Notification notification = Notification.of(untold.getFirst(), name, labels);
      switch (channel.get().deliver(notification)) {
        case Notifier.Delivery.Delivered delivered -> meter.add(Quantity.MESSAGES, 1);
        case Notifier.Delivery.Rejected(String reason) ->
            LOGGER.log(
                System.Logger.Level.WARNING,
                "{0} will not take {1}: {2}",
                name,
                notification.key(),
                reason);
        case Notifier.Delivery.RetryAfter(String reason, Optional<?> after) -> {
          return new Told(untold, name + ": " + reason);
        }
      }
      untold.removeFirst();
    }
    return new Told(List.of(), "");
  }
}
