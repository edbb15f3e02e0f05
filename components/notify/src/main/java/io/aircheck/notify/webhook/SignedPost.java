package io.aircheck.notify.webhook;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.http.Headers;
import io.aircheck.notify.http.HttpEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Posts bodies with an idempotency key, signed if there is a key for that. Thread-safe. */
final class SignedPost {
  private final HttpEndpoint endpoint;
  private final Map<String, String> headers;
  private final @Nullable Signature signature;
  private final InstantSource clock;

  private SignedPost(
      HttpEndpoint endpoint,
      Map<String, String> headers,
      @Nullable Signature signature,
      InstantSource clock) {
    this.endpoint = endpoint;
    this.headers = headers;
    this.signature = signature;
    this.clock = clock;
  }

  /**
   * As settings say that are {@link WebhookFactory#settings(String)}.
   *
   * @throws IllegalArgumentException for a setting that is not valid
   */
  static SignedPost of(ChannelSettings settings, OutboundPolicy outbound) {
    return new SignedPost(
        new HttpEndpoint(settings.webAddress("url"), settings.seconds("timeoutSeconds"), outbound),
        Headers.of(settings),
        signature(settings),
        InstantSource.system());
  }

  private static @Nullable Signature signature(ChannelSettings settings) {
    List<String> secrets = new ArrayList<>();
    for (String name : List.of("secret", "previousSecret")) {
      settings
          .find(name)
          .ifPresent(
              secret -> {
                try {
                  new Signature(List.of(secret));
                } catch (IllegalArgumentException e) {
                  // Its own message would show the secret.
                  throw settings.invalid(name, "begins with whsec_, and what follows is no Base64");
                }
                secrets.add(secret);
              });
    }
    if (settings.find("secret").isEmpty() && !secrets.isEmpty()) {
      throw settings.invalid("secret", "is missing beside previousSecret");
    }
    return secrets.isEmpty() ? null : new Signature(secrets);
  }

  /** What is wrong with where it posts to; empty: nothing. */
  Optional<String> reach() {
    return endpoint.reach();
  }

  /**
   * Posts a body.
   *
   * @param key by which the receiver knows what it had before
   */
  Delivery send(String key, String mediaType, byte[] body) {
    String id = headerText(key);
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.put("Content-Type", mediaType);
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
