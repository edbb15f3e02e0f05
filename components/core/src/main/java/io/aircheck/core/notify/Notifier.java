package io.aircheck.core.notify;

import java.time.Duration;
import java.util.Optional;

/**
 * A channel that tells people or systems: webhook, chat, pager, mail, queue. Stands behind a
 * durable outbox, which calls it again until it has an answer. Thread-safe; {@link #deliver} may
 * block for as long as its own time-out.
 */
public interface Notifier extends AutoCloseable {

  /**
   * Whether the channel can be reached and takes our credentials, as far as that can be known
   * without telling anybody anything.
   *
   * @return what is wrong and what to do, one line without secrets; empty when all is well
   */
  Optional<String> check();

  /** Hands a notification over. Never throws for a channel that fails: that is an answer. */
  Delivery deliver(Notification notification);

  /**
   * Whether what the channel answers, and that it does not, belongs on the incident as a remark: so
   * it is with a remedy.
   */
  default boolean recordsAnswer() {
    return false;
  }

  @Override
  default void close() {}

  /** What became of an attempt. */
  sealed interface Delivery {

    /**
     * The channel has it.
     *
     * @param answer what it said, shortened, for the record
     */
    record Delivered(String answer) implements Delivery {}

    /**
     * Not now.
     *
     * @param reason one line without secrets
     * @param after how long the channel asked to be left alone; empty: as the outbox sees fit
     */
    record RetryAfter(String reason, Optional<Duration> after) implements Delivery {}

    /**
     * Never: the channel will not take this one.
     *
     * @param reason one line without secrets
     */
    record Rejected(String reason) implements Delivery {}
  }
}
