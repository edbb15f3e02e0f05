package io.aircheck.notify.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.ViewerReach;
import io.aircheck.testkit.TestIncidents;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CloudEventTest {
  private static final Notification OPENED =
      Notification.of(TestIncidents.opened("news", 1_766_599_200_000L), "ops", Map.of());

  @Test
  void of_viewersKnown_areInTheIncident() {
    ViewerReach reach = new ViewerReach(OptionalLong.of(12), OptionalLong.of(340));

    JsonNode incident = CloudEvent.of(OPENED.reaching(reach), "aircheck").at("/data/incident");

    assertThat(incident.get("viewersHit").asLong()).isEqualTo(12);
    assertThat(incident.get("viewersWatching").asLong()).isEqualTo(340);
  }

  @Test
  void of_nothingKnownOfViewers_saysNothing() {
    JsonNode incident = CloudEvent.of(OPENED, "aircheck").at("/data/incident");

    assertThat(incident.get("id").asText()).startsWith("news~");
    assertThat(incident.has("viewersHit")).isFalse();
    assertThat(incident.has("viewersWatching")).isFalse();
  }
}
