package io.aircheck.notify.dispatch;

import io.aircheck.core.task.RetryPolicy;
import java.time.Duration;

/**
 * How persistently notifications are delivered.
 *
 * @param backoff waits between attempts while a channel does not say how long it wants to be left
 *     alone
 * @param longestAsked longest wait that a channel may ask for; one that asks for a week by mistake
 *     must not silence itself for as long
 * @param giveUpAfter age of a notification at which a failed attempt is the last one
 * @param perChannel deliveries to one channel at the same time, each for another incident
 */
public record DispatchPolicy(
    RetryPolicy backoff, Duration longestAsked, Duration giveUpAfter, int perChannel) {
  /** From a second to ten minutes, for a day. */
  public static final DispatchPolicy DEFAULT =
      new DispatchPolicy(
          new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          Duration.ofHours(1),
          Duration.ofHours(24),
          32);

  public DispatchPolicy {
    if (perChannel < 1) {
      throw new IllegalArgumentException("no delivery at a time: " + perChannel);
    }
  }
}
