package io.aircheck.notify.kafka;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * A producer that is made when it is first needed, because making one looks the brokers up, and
 * what its failures mean. Thread-safe.
 */
final class LazyProducer implements AutoCloseable {
  private final Supplier<Producer<String, byte[]>> producers;
  private final List<String> hosts;
  private final OutboundPolicy outbound;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Producer<String, byte[]> producer;
  private boolean closed;

  /**
   * @param producers makes a producer, with time-outs of its own
   * @param hosts brokers to begin with, asked of the policy before each use
   */
  LazyProducer(
      Supplier<Producer<String, byte[]>> producers, List<String> hosts, OutboundPolicy outbound) {
    this.producers = producers;
    this.hosts = List.copyOf(hosts);
    this.outbound = outbound;
  }

  /**
   * The producer.
   *
   * @throws OutboundPolicy.DeniedException when its brokers must not be reached
   * @throws IllegalStateException when it is closed
   */
  Producer<String, byte[]> get() throws OutboundPolicy.DeniedException {
    for (String host : hosts) {
      outbound.checkHost(host);
    }
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the channel is closed");
      }
      Producer<String, byte[]> made = producer == null ? producers.get() : producer;
      producer = made;
      return made;
    } finally {
      lock.unlock();
    }
  }

  /** Refusals of this very record or of us; everything else may pass. */
  static Delivery meaning(@Nullable Throwable failure) {
    return failure instanceof RecordTooLargeException
            || failure instanceof InvalidTopicException
            || failure instanceof AuthorizationException
            || failure instanceof AuthenticationException
        ? new Delivery.Rejected(KafkaConnection.words(failure))
        : new Delivery.RetryAfter(KafkaConnection.words(failure), Optional.empty());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (producer != null) {
        producer.close(Duration.ZERO);
      }
    } finally {
      lock.unlock();
    }
  }
}
