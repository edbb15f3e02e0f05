package io.aircheck.core.notify;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import java.util.Optional;

/** A channel that meters what it has delivered; attempts that failed are not billed. */
final class MeteredNotifier implements Notifier {
  private final Notifier notifier;
  private final Quantity quantity;
  private final Meter meter;

  /**
   * @param quantity what a delivery counts as
   */
  MeteredNotifier(Notifier notifier, Quantity quantity, Meter meter) {
    this.notifier = notifier;
    this.quantity = quantity;
    this.meter = meter;
  }

  @Override
  public boolean recordsAnswer() {
    return notifier.recordsAnswer();
  }

  @Override
  public Optional<String> check() {
    return notifier.check();
  }

  @Override
  public Delivery deliver(Notification notification) {
    Delivery delivery = notifier.deliver(notification);
    if (delivery instanceof Delivery.Delivered) {
      meter.add(quantity, 1);
    }
    return delivery;
  }

  @Override
  public void close() {
    notifier.close();
  }
}
