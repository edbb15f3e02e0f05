package io.aircheck.notify.alertmanager;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.notify.http.Headers;
import io.aircheck.notify.http.HttpEndpoint;
import io.aircheck.notify.json.CloudEvent;
import io.aircheck.notify.message.IncidentLink;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes channels to Alertmanagers. */
public final class AlertmanagerFactory implements NotifierFactory {

  @Override
  public String type() {
    return "alertmanager";
  }

  @Override
  public List<ChannelSetting> settings() {
    List<ChannelSetting> settings = new ArrayList<>();
    settings.add(
        ChannelSetting.required("url", "Address of the Alertmanager, without `/api/v2/alerts`."));
    settings.addAll(Headers.SETTINGS);
    settings.add(IncidentLink.SETTING);
    settings.add(
        ChannelSetting.withDefault(
            "timeoutSeconds", "10", "Longest time until the whole answer is there."));
    return List.copyOf(settings);
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    String base = settings.webAddress("url").toString().replaceAll("/+$", "");
    if (base.contains("?") || base.contains("#")) {
      throw settings.invalid("url", "must have no query: paths are put behind it");
    }
    Duration timeout = settings.seconds("timeoutSeconds");
    return new Alertmanager(
        new HttpEndpoint(URI.create(base + "/api/v2/alerts"), timeout, outbound),
        new HttpEndpoint(URI.create(base + "/api/v2/status"), timeout, outbound),
        Headers.of(settings),
        IncidentLink.of(settings));
  }

  private record Alertmanager(
      HttpEndpoint alerts, HttpEndpoint status, Map<String, String> headers, IncidentLink link)
      implements Notifier {

    @Override
    public Optional<String> check() {
      return status.get(headers);
    }

    @Override
    public Delivery deliver(Notification notification) {
      Map<String, String> all = new TreeMap<>(headers);
      all.put("Content-Type", "application/json");
      return alerts.post(CloudEvent.bytes(Alerts.of(notification, link)), all);
    }
  }
}
