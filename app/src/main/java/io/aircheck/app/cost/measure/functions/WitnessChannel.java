package io.aircheck.app.cost.measure.functions;

import io.aircheck.app.cost.measure.Witness;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import java.util.Optional;

/** What functions tell a topic, told to a witness. */
record WitnessChannel(Witness witness) implements Notifier {

  @Override
  public Optional<String> check() {
    return Optional.empty();
  }

  @Override
  public Delivery deliver(Notification notification) {
    witness.changed(notification.change());
    return new Delivery.Delivered("");
  }
}
