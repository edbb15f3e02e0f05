package io.aircheck.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.notify.http.HttpChannelContract;
import io.aircheck.notify.http.HttpReceiver;
import io.aircheck.notify.message.IncidentLink;
import io.aircheck.testkit.TestIncidents;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlackTest extends HttpChannelContract {

  @Override
  protected String type() {
    return "slack";
  }

  @Override
  protected Map<String, String> settings(HttpReceiver receiver) {
    return Map.of("url", receiver.uri("/services/T0/B0/" + SECRET).toString());
  }

  @Test
  void message_hasBlocksWithWhatIsKnownAndALink() throws Exception {
    HttpReceiver receiver = receiver(exchange -> HttpReceiver.answer(exchange, 200, "ok"));
    try (Notifier slack =
        open(
            receiver,
            Map.of(
                "link", "https://aircheck.example.com/incidents/{incident}", "channel", "#ops"))) {
      slack.deliver(notification(IncidentChange.Type.OPENED));
    }

    JsonNode message = new JsonMapper().readTree(receiver.requests().getFirst().body());
    assertThat(message.get("channel").asText()).isEqualTo("#ops");
    assertThat(message.get("text").asText())
        .isEqualTo("🛑 news: video.black opened\nThe picture is black.");
    JsonNode blocks = message.get("blocks");
    assertThat(blocks.findValuesAsText("type"))
        .startsWith("header", "plain_text", "section", "mrkdwn");
    assertThat(blocks.get(0).at("/text/text").asText()).isEqualTo("🛑 news: video.black opened");
    assertThat(blocks.get(2).get("fields").findValuesAsText("text"))
        .contains("*Severity*\nerror", "*Renditions*\nhigh, low", "*cdn*\nnorth");
    assertThat(blocks.get(3).at("/elements/0/text").asText())
        .contains("<https://aircheck.example.com/incidents/news~video.black~")
        .endsWith("|Open the incident>");
  }

  @Test
  void textFromElsewhere_isEscapedAndCut() {
    Notification noted =
        Notification.of(
            TestIncidents.change(
                IncidentChange.Type.NOTED,
                TestIncidents.incident("news", 10_000, Incident.State.OPEN, 2)),
            "ops",
            labels());
    JsonNode message = SlackMessage.of(noted, new IncidentLink(Optional.empty()));

    assertThat(message.at("/blocks/1/text/text").asText())
        .isEqualTo("ada: on it – “now” &lt;b&gt;&amp;");
    assertThat(message.at("/blocks/2/fields")).hasSizeLessThanOrEqualTo(10);
    message
        .at("/blocks/2/fields")
        .forEach(field -> assertThat(field.get("text").asText()).hasSizeLessThanOrEqualTo(2000));
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      labels.put("label" + i, "<&>".repeat(2000));
    }
    return labels;
  }
}
