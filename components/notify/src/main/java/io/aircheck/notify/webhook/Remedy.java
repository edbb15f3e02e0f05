package io.aircheck.notify.webhook;

import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import java.util.Optional;

/** A webhook that is asked to do something about an incident; what it answers is kept with it. */
final class Remedy implements Notifier {
  private final Webhook webhook;

  Remedy(Webhook webhook) {
    this.webhook = webhook;
  }

  @Override
  public boolean recordsAnswer() {
    return true;
  }

  @Override
  public Optional<String> check() {
    return webhook.check();
  }

  @Override
  public Delivery deliver(Notification notification) {
    // Its own answer is a remark: asking it about remarks would never end.
    return notification.change().type() == IncidentChange.Type.NOTED
        ? new Delivery.Delivered("not asked about a remark")
        : webhook.deliver(notification);
  }
}
