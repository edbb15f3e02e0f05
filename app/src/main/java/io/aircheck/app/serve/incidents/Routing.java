package io.aircheck.app.serve.incidents;

import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.RouteSettings;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentChange.Type;
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
    return of(change, channels(change, labels), labels);
  }

  /**
   * Notifications of a change to a member of a group on the channels that are not told of the
   * group: nobody hears of nothing because routes go by labels that the group does not have.
   *
   * @param common labels of the group
   */
  List<Notification> beyond(
      IncidentChange change,
      Map<String, String> labels,
      Incident group,
      Map<String, String> common) {
    Set<String> channels = channels(change, labels);
    channels.removeAll(channels(new IncidentChange(Type.OPENED, group, change.atMillis()), common));
    return of(change, channels, labels);
  }

  /**
   * Whether the group is told instead of a member. One that was told on its own is told to be over,
   * because channels keep it open until then; what people do to a member is always told.
   */
  static boolean isToldByGroup(Type type, Incident.Group group) {
    return switch (type) {
      case OPENED, CLOSED -> !group.alone();
      case UPDATED, RECOVERING, RECURRED -> true;
      case REOPENED, ACKNOWLEDGED, NOTED -> false;
    };
  }

  private static List<Notification> of(
      IncidentChange change, Set<String> channels, Map<String, String> labels) {
    List<Notification> notifications = new ArrayList<>();
    for (String channel : channels) {
      notifications.add(Notification.of(change, channel, labels));
    }
    return notifications;
  }

  /** Whether a channel is told of a change. */
  public boolean tells(String channel, IncidentChange change, Map<String, String> labels) {
    return channels(change, labels).contains(channel);
  }

  /** Names of the channels that are told of a change. */
  private Set<String> channels(IncidentChange change, Map<String, String> labels) {
    Set<String> channels = new LinkedHashSet<>();
    if (isMuted(change.incident(), labels, change.atMillis())) {
      return channels;
    }
    for (RouteSettings route : routes) {
      if (route.takes(change, labels)) {
        channels.addAll(route.channels());
        if (!route.goOn()) {
          break;
        }
      }
    }
    return channels;
  }

  /** Whether nobody is told of an incident at a time. */
  public boolean isMuted(Incident incident, Map<String, String> labels, long atMillis) {
    Instant at = Instant.ofEpochMilli(atMillis);
    return mutes.stream()
        .anyMatch(mute -> mute.covers(incident.stream(), labels, incident.cause(), at));
  }
}
