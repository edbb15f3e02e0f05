package io.aircheck.notify.webhook;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.notify.http.Headers;
import java.util.ArrayList;
import java.util.List;

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
    return new Webhook(SignedPost.of(settings, outbound), settings.text("source"));
  }
}
