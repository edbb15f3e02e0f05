package io.aircheck.notify.http;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.testkit.NotifierContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract for channels that post. */
public abstract class HttpChannelContract extends NotifierContract {
  private final List<HttpReceiver> receivers = new ArrayList<>();

  /** Type of the channel. */
  protected abstract String type();

  /** Settings besides the time-out; those that can hold secrets hold {@link #SECRET}. */
  protected abstract Map<String, String> settings(HttpReceiver receiver);

  @AfterEach
  void closeReceivers() {
    receivers.forEach(HttpReceiver::close);
  }

  /** A receiver that is closed after the test. */
  protected HttpReceiver receiver(HttpReceiver.Answer answer) throws Exception {
    HttpReceiver receiver = new HttpReceiver(answer);
    receivers.add(receiver);
    return receiver;
  }

  @Override
  protected Notifier open(Receiver receiver, OutboundPolicy outbound) throws Exception {
    HttpReceiver opened = HttpReceiver.of(receiver);
    receivers.add(opened);
    return open(
        opened, Map.of("timeoutSeconds", Integer.toString(timeoutSeconds(receiver))), outbound);
  }

  /** A channel to a receiver, with further settings, that may connect to loopback. */
  protected Notifier open(HttpReceiver receiver, Map<String, String> further) {
    return open(receiver, further, new OutboundPolicy(Set.of("http", "https"), true, List.of()));
  }

  private Notifier open(
      HttpReceiver receiver, Map<String, String> further, OutboundPolicy outbound) {
    Map<String, String> settings = new HashMap<>(settings(receiver));
    settings.put("timeoutSeconds", "50");
    settings.putAll(further);
    return NotifierCatalog.installed().create(type(), settings, outbound);
  }
}
