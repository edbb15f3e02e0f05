package io.aircheck.core.notify;

import java.util.Optional;

/**
 * A channel that keeps its secrets: whatever the other side echoes and whatever fails, what comes
 * out is one short line without the values of secret settings.
 */
final class DiscreetNotifier implements Notifier {
  private final Notifier notifier;
  private final Discretion discretion;

  DiscreetNotifier(Notifier notifier, Discretion discretion) {
    this.notifier = notifier;
    this.discretion = discretion;
  }

  @Override
  public boolean recordsAnswer() {
    return notifier.recordsAnswer();
  }

  @Override
  public Optional<String> check() {
    try {
      return notifier.check().map(discretion::of);
    } catch (RuntimeException e) {
      return Optional.of(failure(e));
    }
  }

  @Override
  public Delivery deliver(Notification notification) {
    try {
      return switch (notifier.deliver(notification)) {
        case Delivery.Delivered(String answer) -> new Delivery.Delivered(discretion.of(answer));
        case Delivery.RetryAfter(String reason, var after) ->
            new Delivery.RetryAfter(discretion.of(reason), after);
        case Delivery.Rejected(String reason) -> new Delivery.Rejected(discretion.of(reason));
      };
    } catch (RuntimeException e) {
      return new Delivery.RetryAfter(failure(e), Optional.empty());
    }
  }

  @Override
  public void close() {
    notifier.close();
  }

  private String failure(RuntimeException e) {
    return discretion.of("the channel failed: " + e);
  }
}
