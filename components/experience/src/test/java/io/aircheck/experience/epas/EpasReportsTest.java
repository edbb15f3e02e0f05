package io.aircheck.experience.epas;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpasReportsTest {
  private static final Arrival ARRIVAL =
      new Arrival(1_700_000_009_000L, "epas", Map.of("country", "SE"));

  private final Received received = new Received();

  @ParameterizedTest
  @CsvSource({
    "init,",
    "heartbeat,",
    "loading,STARTING",
    "loaded,",
    "playing,PLAYING",
    "paused,PAUSED",
    "buffering,REBUFFERING",
    "buffered,RESUMED",
    "seeking,SEEKING",
    "seeked,RESUMED",
    "warning,",
    "error,FAILED",
    "stopped,QUIT",
    "unheard_of,"
  })
  void event_isAState(String event, PlayerState state) {
    ViewerReport report = only(event, "");
    assertThat(report.facts().state()).isEqualTo(state);
    assertThat(report.facts().fatal()).isEqualTo(event.equals("error"));
    assertThat(report.session()).isEqualTo("s1");
    assertThat(report.sequence()).isEqualTo(-1);
    assertThat(report.eventMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(report.attributes()).isEqualTo(Map.of("country", "SE"));
  }

  @ParameterizedTest
  @CsvSource({"ended,ENDED", "aborted,QUIT", "error,FAILED", "unknown,QUIT"})
  void stop_hasItsReason(String reason, PlayerState state) {
    Facts facts = only("stopped", ",\"payload\":{\"reason\":\"" + reason + "\"}").facts();
    assertThat(facts.state()).isEqualTo(state);
  }

  @Test
  void metadata_isOfTheContent() {
    Facts facts =
        only("metadata", ",\"payload\":{\"live\":true,\"contentId\":\"ch1\",\"userId\":\"joe\"}")
            .facts();
    assertThat(facts.live()).isTrue();
    assertThat(facts.content()).isEqualTo("ch1");
    assertThat(facts.toString()).doesNotContain("joe");
  }

  @Test
  void bitrate_mayBeInQuotesAndOfTracks() {
    assertThat(
            only(
                    "bitrate_changed",
                    ",\"payload\":{\"bitrate\":\"3200\",\"width\":\"1280\",\"height\":720}")
                .facts())
        .isEqualTo(Facts.facts().bitrateKbps(3200).width(1280).height(720).build());
    assertThat(
            only("bitrate_changed", ",\"payload\":{\"videoBitrate\":3000,\"audioBitrate\":128}")
                .facts()
                .bitrateKbps())
        .isEqualTo(3128);
  }

  @Test
  void errorCode_isTaken() {
    assertThat(only("warning", ",\"payload\":{\"code\":3016}").facts().errorCode())
        .isEqualTo("3016");
    assertThat(only("error", "").facts().errorCode()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "5000,60000,5000",
    "5,60,5000",
    "5.25,-1,5250",
    "1700000000000,-1,1700000000000",
    "1700000000,-1,1700000000000",
    "-1,-1,"
  })
  void playhead_isOfMillisecondsOrSeconds(String playhead, String duration, Long millis) {
    ViewerReport report =
        only("heartbeat", ",\"playhead\":" + playhead + ",\"duration\":" + duration);
    assertThat(report.facts().playheadMillis()).isEqualTo(millis);
  }

  @Test
  void playerThatDoesNotKnowTheTime_hasThatOfItsArrival() {
    read("{\"event\":\"init\",\"sessionId\":\"s1\",\"timestamp\":-1}");
    assertThat(received.reports().getFirst().eventMillis()).isEqualTo(1_700_000_009_000L);
  }

  @Test
  void eventsThatCannotBeTaken_doNotTakeOthersWithThem() {
    read(
        "[{\"event\":\"init\"},7,{\"event\":\"init\",\"sessionId\":\""
            + "s".repeat(65)
            + "\"},"
            + "{\"event\":\"init\",\"sessionId\":\"a\",\"timestamp\":1e20},"
            + "{\"event\":\"init\",\"sessionId\":\"a\",\"timestamp\":5}]");
    assertThat(received.rejections())
        .containsExactly(
            Rejection.NO_SESSION,
            Rejection.MALFORMED,
            Rejection.TOO_LARGE,
            Rejection.CLOCK_IMPOSSIBLE);
    assertThat(received.reports()).hasSize(1);
  }

  private ViewerReport only(String event, String more) {
    Received one = new Received();
    String body =
        "{\"event\":\"%s\",\"sessionId\":\"s1\",\"timestamp\":1700000000000%s}"
            .formatted(event, more);
    new EpasReports().read(body.getBytes(StandardCharsets.UTF_8), ARRIVAL, one);
    assertThat(one.rejections()).isEmpty();
    return one.reports().getFirst();
  }

  private void read(String body) {
    new EpasReports().read(body.getBytes(StandardCharsets.UTF_8), ARRIVAL, received);
  }
}
