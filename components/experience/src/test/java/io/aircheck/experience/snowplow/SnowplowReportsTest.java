package io.aircheck.experience.snowplow;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnowplowReportsTest {
  private static final Arrival ARRIVAL = new Arrival(5000, "snowplow", Map.of());
  private static final String SESSION =
      "{\"schema\":\"iglu:com.snowplowanalytics.snowplow.media/session/jsonschema/1-0-0\","
          + "\"data\":{\"mediaSessionId\":\"m1\"}}";

  private final Received received = new Received();

  @ParameterizedTest
  @CsvSource({
    "ready,false,",
    "play,false,ASKED",
    "pause,true,PAUSED",
    "end,false,ENDED",
    "seek_start,false,SEEKING",
    "seek_end,false,ASKED",
    "seek_end,true,PAUSED",
    "buffer_start,false,REBUFFERING",
    "buffer_end,false,PLAYING",
    "ping,false,",
    "ping,true,PAUSED",
    "volume_change,false,"
  })
  void event_isAState(String event, boolean paused, PlayerState state) {
    read(payload(event, "{}", player(paused, 12.5, false)));
    ViewerReport report = received.reports().getFirst();
    assertThat(report.session()).isEqualTo("m1");
    assertThat(report.eventMillis()).isEqualTo(4000);
    assertThat(report.facts())
        .isEqualTo(
            Facts.facts()
                .state(state)
                .content("The match")
                .live(false)
                .playheadMillis(12_500L)
                .positionMillis(12_500L)
                .playbackRate(1.0)
                .build());
  }

  @Test
  void positionInALiveStream_hasNoOriginAndIsNotTaken() {
    read(payload("ping", "{}", player(false, 12.5, true)));
    assertThat(received.reports().getFirst().facts().live()).isTrue();
    assertThat(received.reports().getFirst().facts().playheadMillis()).isNull();
    assertThat(received.reports().getFirst().facts().positionMillis())
        .as("moves")
        .isEqualTo(12_500);
  }

  @Test
  void quality_isInBitsPerSecond() {
    read(payload("quality_change", "{\"bitrate\":3200400}", player(false, 1, false)));
    assertThat(received.reports().getFirst().facts().bitrateKbps()).isEqualTo(3200);
  }

  @Test
  void errorsAndAdvertisements_areTold() {
    read(payload("error", "{\"errorCode\":\"E3\"}", player(false, 1, false)));
    read(payload("ad_break_start", "{}", player(false, 1, false)));
    read(payload("ad_break_end", "{}", player(false, 1, false)));
    assertThat(received.reports()).extracting(r -> r.facts().errorCode()).contains("E3");
    assertThat(received.reports())
        .extracting(r -> r.facts().adBreak())
        .containsExactly(null, true, false);
  }

  @Test
  void documentsInBase64_areRead() {
    String event = event("play", "{}");
    String entities = entities(player(false, 1, false));
    read(
        "{\"schema\":\"x\",\"data\":[{\"e\":\"ue\",\"dtm\":\"4000\",\"ue_px\":\"%s\",\"cx\":\"%s\"}]}"
            .formatted(base64(event), base64(entities)));
    assertThat(received.reports().getFirst().facts().state()).isEqualTo(PlayerState.ASKED);
  }

  @Test
  void otherEvents_areNotOfPlayback() {
    read(
        "{\"data\":[{\"e\":\"pv\",\"dtm\":\"4000\",\"duid\":\"user\"},"
            + "{\"e\":\"ue\",\"dtm\":\"4000\",\"ue_pr\":\"{\\\"data\\\":{\\\"schema\\\":\\\"iglu:a/b\\\"}}\"}]}");
    assertThat(received.rejections())
        .containsExactly(Rejection.NOT_OF_PLAYBACK, Rejection.NOT_OF_PLAYBACK);
  }

  @Test
  void eventOfMediaWithoutSession_isRejected() {
    read(
        "{\"data\":[{\"e\":\"ue\",\"dtm\":\"4000\",\"ue_px\":\"%s\"},{\"ue_px\":\"%%%%\"},3]}"
            .formatted(base64(event("play", "{}"))));
    read("not json");
    assertThat(received.rejections())
        .containsExactly(
            Rejection.NO_SESSION,
            Rejection.NOT_OF_PLAYBACK,
            Rejection.MALFORMED,
            Rejection.MALFORMED);
  }

  @Test
  void eventWithoutTime_isRejected() {
    read(payload("play", "{}", player(false, 1, false)).replace("\"dtm\":\"4000\",", ""));
    assertThat(received.rejections()).containsExactly(Rejection.NO_TIME);
  }

  private static String player(boolean paused, double seconds, boolean live) {
    return "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/media_player/jsonschema/2-0-0\",\"data\":"
        + "{\"currentTime\":%s,\"paused\":%s,\"ended\":false,\"livestream\":%s,\"label\":\"The match\",\"playbackRate\":1}}"
            .formatted(seconds, paused, live);
  }

  private static String payload(String event, String data, String player) {
    return "{\"schema\":\"x\",\"data\":[{\"e\":\"ue\",\"dtm\":\"4000\",\"ue_pr\":%s,\"co\":%s}]}"
        .formatted(quoted(event(event, data)), quoted(entities(player)));
  }

  private static String event(String name, String data) {
    return ("{\"schema\":\"u\",\"data\":{\"schema\":\"iglu:com.snowplowanalytics.snowplow.media/"
            + "%s_event/jsonschema/1-0-0\",\"data\":%s}}")
        .formatted(name, data);
  }

  private static String entities(String player) {
    return "{\"schema\":\"c\",\"data\":[" + player + "," + SESSION + "]}";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void read(String body) {
    new SnowplowReports().read(body.getBytes(StandardCharsets.UTF_8), ARRIVAL, received);
  }
}
