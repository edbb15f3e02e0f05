package io.aircheck.notify.pagerduty;

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

/** Makes channels to services of PagerDuty. */
public final class PagerDutyFactory implements NotifierFactory {

  @Override
  public String type() {
    return "pagerduty";
  }

  @Override
  public List<ChannelSetting> settings() {
    return List.of(
        ChannelSetting.required(
                "routingKey", "Integration key of a service or of an event orchestration.")
            .asSecret(),
        ChannelSetting.withDefault(
            "url", "https://events.pagerduty.com/v2/enqueue", "Address that takes events."),
        IncidentLink.SETTING,
        ChannelSetting.withDefault(
            "timeoutSeconds", "10", "Longest time until the whole answer is there."));
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    return new PagerDuty(
        new HttpEndpoint(settings.webAddress("url"), settings.seconds("timeoutSeconds"), outbound),
        settings.text("routingKey"),
        IncidentLink.of(settings));
  }

  private record PagerDuty(HttpEndpoint endpoint, String routingKey, IncidentLink link)
      implements Notifier {

    @Override
    public Optional<String> check() {
      return endpoint.reach();
    }

    @Override
    public Delivery deliver(Notification notification) {
      return PagerDutyEvent.action(notification.change().type())
          .map(
              action ->
                  endpoint.post(
                      CloudEvent.bytes(PagerDutyEvent.of(notification, action, routingKey, link)),
                      Map.of("Content-Type", "application/json")))
          .orElseGet(
              () ->
                  new Delivery.Delivered(
                      "not told: PagerDuty has no event for "
                          + notification.change().type().word()));
    }
  }
}
