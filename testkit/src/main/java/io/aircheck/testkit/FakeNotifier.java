package io.aircheck.testkit;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A channel that answers as it was told, and remembers what it was given. Thread-safe. */
public final class FakeNotifier implements Notifier {
  private final Deque<Delivery> answers = new ArrayDeque<>();
  private final List<Notification> received = new ArrayList<>();
  private final CountDownLatch gate;

  /** One that answers at once; when nothing was prepared, that all is delivered. */
  public FakeNotifier() {
    this(new CountDownLatch(0));
  }

  /** One that answers only when the gate is open. */
  public FakeNotifier(CountDownLatch gate) {
    this.gate = gate;
  }

  /** Prepares answers, in order. */
  public synchronized FakeNotifier answering(Delivery... next) {
    answers.addAll(List.of(next));
    return this;
  }

  /** Keys of what was given to it, every attempt counted. */
  public synchronized List<String> received() {
    return received.stream().map(Notification::key).toList();
  }

  /** What was given to it, every attempt counted. */
  public synchronized List<Notification> attempts() {
    return List.copyOf(received);
  }

  /**
   * The type {@code fake} of channels, without settings: every channel of it is this one. What it
   * delivers is metered as messages.
   */
  public NotifierFactory factory() {
    return new NotifierFactory() {
      @Override
      public String type() {
        return "fake";
      }

      @Override
      public List<ChannelSetting> settings() {
        return List.of();
      }

      @Override
      public Quantity meteredAs() {
        return Quantity.MESSAGES;
      }

      @Override
      public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
        return FakeNotifier.this;
      }
    };
  }

  @Override
  public Optional<String> check() {
    return Optional.empty();
  }

  @Override
  public Delivery deliver(Notification notification) {
    Delivery answer;
    synchronized (this) {
      received.add(notification);
      answer = answers.isEmpty() ? new Delivery.Delivered("ok") : answers.remove();
    }
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Delivery.RetryAfter("interrupted", Optional.empty());
    }
    return answer;
  }
}
