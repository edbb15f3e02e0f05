package io.aircheck.app.serve.channels;

import io.aircheck.core.notify.IncidentSink;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells a channel what happens to incidents, in order, for a job that keeps each batch until it has
 * been taken. What a channel refuses, and what is too old to be news, is left out and said in the
 * log. A batch that comes again goes on behind what was delivered of it, unless another process
 * takes it: that delivers with the same keys. Used by one thread.
 */
public final class ChannelSink implements IncidentSink {
  private static final Logger LOGGER = System.getLogger(ChannelSink.class.getName());

  /** Longest rest that a channel may ask for. */
  private static final Duration LONGEST_REST = Duration.ofHours(1);

  private final Notifier notifier;
  private final Predicate<Notification> told;
  private final Duration giveUpAfter;
  private final InstantSource clock;
  private final Set<String> delivered = new HashSet<>();
  private String batch = "";
  private long restingUntilMillis;

  /**
   * @param notifier closed with it
   * @param told whether the channel is told of it
   * @param giveUpAfter age at which it is not told any more
   */
  public ChannelSink(
      Notifier notifier, Predicate<Notification> told, Duration giveUpAfter, InstantSource clock) {
    this.notifier = notifier;
    this.told = told;
    this.giveUpAfter = giveUpAfter;
    this.clock = clock;
  }

  /** Repetitions are recognised here, or by their keys. */
  @Override
  public Optional<String> open() throws IOException {
    if (clock.millis() < restingUntilMillis) {
      throw new IOException("the channel has asked to be left alone for a while");
    }
    return Optional.empty();
  }

  @Override
  public void take(Batch changes) throws IOException {
    if (!changes.id().equals(batch)) {
      batch = changes.id();
      delivered.clear();
    }
    for (Notification notification : changes.notifications()) {
      if (!delivered.contains(notification.key()) && told.test(notification)) {
        deliver(notification);
        delivered.add(notification.key());
      }
    }
  }

  private void deliver(Notification notification) throws IOException {
    if (clock.millis() - notification.change().atMillis() > giveUpAfter.toMillis()) {
      leftOut(notification, "it is older than " + giveUpAfter);
      return;
    }
    switch (notifier.deliver(notification)) {
      case Delivery.Delivered taken -> {}
      case Delivery.Rejected(String reason) -> leftOut(notification, reason);
      case Delivery.RetryAfter(String reason, Optional<Duration> after) -> {
        after.ifPresent(this::rest);
        throw new IOException(reason);
      }
    }
  }

  private void rest(Duration asked) {
    Duration rest = asked.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : asked;
    restingUntilMillis = clock.millis() + rest.toMillis();
  }

  private static void leftOut(Notification notification, String why) {
    LOGGER.log(
        Level.WARNING, notification.channel() + " is not told " + notification.key() + ": " + why);
  }

  @Override
  public void close() {
    notifier.close();
  }
}
