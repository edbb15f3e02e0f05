package io.aircheck.notify.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.notify.http.HttpEndpoint;
import io.aircheck.notify.json.CloudEvent;
import io.aircheck.notify.message.IncidentLink;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes channels to incoming webhooks of Slack, Mattermost, Rocket.Chat and their like. */
public final class SlackFactory implements NotifierFactory {

  @Override
  public String type() {
    return "slack";
  }

  @Override
  public List<ChannelSetting> settings() {
    return List.of(
        ChannelSetting.required("url", "Address of the incoming webhook.").asSecret(),
        ChannelSetting.optional(
            "channel", "Channel to post to, where the webhook leaves that open."),
        ChannelSetting.optional("username", "Name to post under, where the webhook allows it."),
        IncidentLink.SETTING,
        ChannelSetting.withDefault(
            "timeoutSeconds", "10", "Longest time until the whole answer is there."));
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    return new Slack(
        new HttpEndpoint(settings.webAddress("url"), settings.seconds("timeoutSeconds"), outbound),
        IncidentLink.of(settings),
        settings.find("channel"),
        settings.find("username"));
  }

  private record Slack(
      HttpEndpoint endpoint, IncidentLink link, Optional<String> channel, Optional<String> username)
      implements Notifier {

    @Override
    public Optional<String> check() {
      return endpoint.reach();
    }

    @Override
    public Delivery deliver(Notification notification) {
      ObjectNode message = SlackMessage.of(notification, link);
      channel.ifPresent(name -> message.put("channel", name));
      username.ifPresent(name -> message.put("username", name));
      return endpoint.post(
          CloudEvent.bytes(message), Map.of("Content-Type", "application/json; charset=utf-8"));
    }
  }
}
