package io.aircheck.notify.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.ViewerReach;
import io.aircheck.notify.http.HttpChannelContract;
import io.aircheck.notify.http.HttpReceiver;
import io.aircheck.notify.message.IncidentLink;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AlertmanagerTest extends HttpChannelContract {
  private static final IncidentLink LINK =
      new IncidentLink(Optional.of("https://a.example/{incident}"));

  @Override
  protected String type() {
    return "alertmanager";
  }

  @Override
  protected Map<String, String> settings(HttpReceiver receiver) {
    return Map.of("url", receiver.uri("/").toString(), "token", SECRET);
  }

  @Test
  void alert_ofAnOpenIncident_standsForDays() {
    JsonNode alerts = Alerts.of(notification(IncidentChange.Type.OPENED), LINK);

    assertThat(alerts).hasSize(1);
    JsonNode alert = alerts.get(0);
    assertThat(alert.get("labels").toString())
        .isEqualTo(
            "{\"alertname\":\"video.black\",\"cdn\":\"north\",\"region\":\"eu\","
                + "\"severity\":\"error\",\"stream\":\"news\"}");
    assertThat(alert.get("startsAt").asText()).isEqualTo("2025-12-24T18:00:00.000Z");
    assertThat(alert.get("endsAt").asText()).isEqualTo("2025-12-31T18:00:00.003Z");
    assertThat(alert.get("generatorURL").asText())
        .startsWith("https://a.example/news~video.black~");
  }

  @Test
  void alerts_ofAClosedIncident_endInEverySeverityItHad() {
    JsonNode alerts = Alerts.of(notification(IncidentChange.Type.CLOSED), LINK);

    assertThat(alerts.findValuesAsText("severity"))
        .containsExactlyInAnyOrder("error", "warning", "info");
    assertThat(alerts.findValuesAsText("endsAt")).containsOnly("2025-12-24T18:00:00.003Z");
  }

  @Test
  void alerts_ofAnIncidentThatBecameWorse_endTheMilderOnes() {
    JsonNode alerts = Alerts.of(notification(IncidentChange.Type.UPDATED), LINK);

    assertThat(alerts.findValuesAsText("endsAt"))
        .containsExactly(
            "2025-12-31T18:00:00.003Z", "2025-12-24T18:00:00.003Z", "2025-12-24T18:00:00.003Z");
  }

  @Test
  void labels_withNamesThatAreNone_areSpelledAnew() {
    Notification plain = notification(IncidentChange.Type.OPENED);
    Notification named =
        new Notification(
            plain.key(), "ops", plain.change(), Map.of("1st line", "a", "severity", "mine"));

    JsonNode labels = Alerts.of(named, LINK).get(0).get("labels");
    assertThat(labels.get("_1st_line").asText()).isEqualTo("a");
    assertThat(labels.get("severity").asText()).isEqualTo("error");
  }

  @Test
  void annotations_viewersKnown_sayHowMany() {
    ViewerReach reach = new ViewerReach(OptionalLong.of(12), OptionalLong.of(340));
    Notification opened = notification(IncidentChange.Type.OPENED);

    assertThat(Alerts.of(opened.reaching(reach), LINK).at("/0/annotations/viewers").asText())
        .isEqualTo("12 shown it, 340 watching");
    assertThat(Alerts.of(opened, LINK).at("/0/annotations").has("viewers")).isFalse();
  }
}
