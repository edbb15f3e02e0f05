package io.aircheck.notify.webhook;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.notify.http.Headers;
import io.aircheck.notify.http.HttpEndpoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes webhooks. */
public final class WebhookFactory implements NotifierFactory {

  @Override
  public String type() {
    return "webhook";
  }

  @Override
  public List<ChannelSetting> settings() {
    return settings("10");
  }

  static List<ChannelSetting> settings(String timeoutSeconds) {
    List<ChannelSetting> settings = new ArrayList<>();
    settings.add(ChannelSetting.required("url", "Address to post to, http or https.").asSecret());
    settings.add(ChannelSetting.optional("secret", "Key that events are signed with.").asSecret());
    settings.add(
        ChannelSetting.optional(
                "previousSecret", "The key before, signed with as well while keys are exchanged.")
            .asSecret());
    settings.addAll(Headers.SETTINGS);
    settings.add(
        ChannelSetting.withDefault(
            "source", "aircheck", "Source of the events, a URI reference that names the service."));
    settings.add(
        ChannelSetting.withDefault(
            "timeoutSeconds", timeoutSeconds, "Longest time until the whole answer is there."));
    return List.copyOf(settings);
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    return webhook(settings, outbound);
  }

  static Webhook webhook(ChannelSettings settings, OutboundPolicy outbound) {
    HttpEndpoint endpoint =
        new HttpEndpoint(settings.webAddress("url"), settings.seconds("timeoutSeconds"), outbound);
    return new Webhook(
        endpoint,
        Headers.of(settings),
        signature(settings),
        settings.text("source"),
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
}
