package io.aircheck.notify.webhook;

import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.notify.http.HttpEndpoint;
import io.aircheck.notify.json.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Posts CloudEvents. */
final class Webhook implements Notifier {
  private final HttpEndpoint endpoint;
  private final Map<String, String> headers;
  private final @Nullable Signature signature;
  private final String source;
  private final InstantSource clock;

  Webhook(
      HttpEndpoint endpoint,
      Map<String, String> headers,
      @Nullable Signature signature,
      String source,
      InstantSource clock) {
    this.endpoint = endpoint;
    this.headers = headers;
    this.signature = signature;
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Optional<String> check() {
    return endpoint.reach();
  }

  @Override
  public Delivery deliver(Notification notification) {
    byte[] body = CloudEvent.bytes(CloudEvent.of(notification, source));
    String id = headerText(notification.key());
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.put("Content-Type", CloudEvent.MEDIA_TYPE);
    all.put("Idempotency-Key", id);
    if (signature != null) {
      long seconds = clock.millis() / 1000;
      all.put("webhook-id", id);
      all.put("webhook-timestamp", Long.toString(seconds));
      all.put("webhook-signature", signature.of(id, seconds, body));
    }
    return endpoint.post(body, all);
  }

  /** A key as a header can carry it: whatever is not visible ASCII is percent-encoded. */
  private static String headerText(String key) {
    StringBuilder text = new StringBuilder(key.length());
    for (byte unit : key.getBytes(StandardCharsets.UTF_8)) {
      if (unit > ' ' && unit < 0x7f && unit != '%') {
        text.append((char) unit);
      } else {
        text.append("%%%02X".formatted(unit & 0xff));
      }
    }
    return text.toString();
  }
}
