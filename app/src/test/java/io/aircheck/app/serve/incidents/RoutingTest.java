package io.aircheck.app.serve.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.TestRoutes;
import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.RouteSettings;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.TestIncidents;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private static final long NOON = Instant.parse("2026-12-01T12:00:00Z").toEpochMilli();

  private static IncidentChange change(IncidentChange.Type type) {
    return new IncidentChange(
        type, TestIncidents.incident("a", NOON, Incident.State.OPEN, 1), NOON);
  }

  private static List<String> channels(Routing routing, Map<String, String> labels) {
    return routing.notifications(change(IncidentChange.Type.OPENED), labels).stream()
        .map(Notification::channel)
        .toList();
  }

  @Test
  void notifications_firstRouteThatMatches_wins() {
    Routing routing =
        new Routing(
            List.of(
                TestRoutes.route("south", Map.of("cdn", "south"), false),
                TestRoutes.route("north", Map.of("cdn", "north"), false),
                TestRoutes.route("all", Map.of(), false)),
            List.of());

    assertThat(channels(routing, Map.of("cdn", "north"))).containsExactly("north");
    assertThat(channels(routing, Map.of())).containsExactly("all");
  }

  @Test
  void notifications_routeThatGoesOn_othersAreLookedAtToo() {
    Routing routing =
        new Routing(
            List.of(
                TestRoutes.route("log", Map.of(), true), TestRoutes.route("all", Map.of(), false)),
            List.of());

    assertThat(channels(routing, Map.of())).containsExactly("log", "all");
  }

  @Test
  void notifications_eventThatIsNotTold_none() {
    Routing routing = new Routing(List.of(TestRoutes.route("all", Map.of(), false)), List.of());

    assertThat(routing.notifications(change(IncidentChange.Type.UPDATED), Map.of())).isEmpty();
  }

  @Test
  void notifications_outsideOfHours_none() {
    RouteSettings nights =
        new RouteSettings(
            List.of("pager"),
            Map.of(),
            List.of("video.*"),
            Severity.INFO,
            Set.of(IncidentChange.Type.OPENED),
            Optional.of(
                new RouteSettings.Hours(ZoneOffset.UTC, LocalTime.of(22, 0), LocalTime.of(6, 0))),
            false);

    assertThat(channels(new Routing(List.of(nights), List.of()), Map.of())).isEmpty();
  }

  @Test
  void notifications_muted_noneAndMarked() {
    MuteSettings mute =
        new MuteSettings(
            "works",
            List.of(),
            Map.of("cdn", "north"),
            List.of("video.*"),
            Optional.empty(),
            Optional.of(Instant.ofEpochMilli(NOON + 1)));
    Routing routing = new Routing(List.of(TestRoutes.route("all", Map.of(), false)), List.of(mute));
    Map<String, String> north = Map.of("cdn", "north");

    assertThat(channels(routing, north)).isEmpty();
    assertThat(channels(routing, Map.of())).containsExactly("all");
    assertThat(routing.isMuted(change(IncidentChange.Type.OPENED).incident(), north, NOON))
        .isTrue();
    assertThat(routing.isMuted(change(IncidentChange.Type.OPENED).incident(), north, NOON + 1))
        .isFalse();
  }
}
