package io.aircheck.app.serve.incidents;

import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.RouteSettings;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is told of what. Immutable.
 *
 * @param routes looked at in order, until one that matches does not say {@code continue}
 * @param mutes times in which nobody is told
 */
public record Routing(List<RouteSettings> routes, List<MuteSettings> mutes) {
  public Routing {
    routes = List.copyOf(routes);
    mutes = List.copyOf(mutes);
  }

  /** Notifications of a change, one for each channel. */
  List<Notification> notifications(IncidentChange change, Map<String, String> labels) {
    if (isMuted(change.incident(), labels, change.atMillis())) {
      return List.of();
    }
    Set<String> channels = new LinkedHashSet<>();
    for (RouteSettings route : routes) {
      if (route.takes(change, labels)) {
        channels.addAll(route.channels());
        if (!route.goOn()) {
          break;
        }
      }
    }
    List<Notification> notifications = new ArrayList<>();
    for (String channel : channels) {
      notifications.add(Notification.of(change, channel, labels));
    }
    return notifications;
  }

  /** Whether nobody is told of an incident at a time. */
  public boolean isMuted(Incident incident, Map<String, String> labels, long atMillis) {
    Instant at = Instant.ofEpochMilli(atMillis);
    return mutes.stream()
        .anyMatch(mute -> mute.covers(incident.stream(), labels, incident.cause(), at));
  }
}
