package io.aircheck.notify.webhook;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import java.util.List;

/** Makes remedies: webhooks that get more time, because they do something before they answer. */
public final class RemedyFactory implements NotifierFactory {

  @Override
  public String type() {
    return "remedy";
  }

  @Override
  public List<ChannelSetting> settings() {
    return WebhookFactory.settings("60");
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    return new Remedy(WebhookFactory.webhook(settings, outbound));
  }
}
