package io.aircheck.app.serve;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.ViewerReach;
import java.util.Optional;
import java.util.function.Function;

/**
 * A channel that is told how many viewers an incident concerns, as that is when it is told. Closing
 * it is left to whoever has the channel.
 *
 * @param reach asked before each attempt
 */
record ReachNotifier(Notifier channel, Function<Incident, ViewerReach> reach) implements Notifier {
  @Override
  public Optional<String> check() {
    return channel.check();
  }

  @Override
  public Delivery deliver(Notification notification) {
    return channel.deliver(notification.reaching(reach.apply(notification.change().incident())));
  }

  @Override
  public boolean recordsAnswer() {
    return channel.recordsAnswer();
  }
}
