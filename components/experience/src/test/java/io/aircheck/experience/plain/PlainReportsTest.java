package io.aircheck.experience.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlainReportsTest {
  private static final Arrival ARRIVAL = new Arrival(5000, "plain", Map.of("country", "SE"));

  private final Received received = new Received();

  @Test
  void everyFact_hasAMember() {
    read(
        """
        {"session": "s1", "sequence": 3, "time": 4000, "state": "rebuffering", "content": "ch1",
         "live": true, "bitrateKbps": 3128, "topBitrateKbps": 6128, "width": 1280, "height": 720,
         "playheadMillis": 1700000000000, "positionMillis": 9000, "playbackRate": 1.25,
         "liveLatencyMillis": 5200,
         "bufferMillis": 0, "droppedFrames": 7, "startupMillis": 640, "stalls": 2,
         "stalledMillis": 900, "starved": true, "adBreak": false, "ad": true,
         "background": true, "errorCode": "E7", "fatal": true,
         "delivery": {"url": "https://cdn.example/a/1.ts?x", "status": 200,
                      "firstByteMillis": 20, "lastByteMillis": 300},
         "attributes": {"player": "own", "plan": "premium", "country": "XX", "secret": "x"}}
        """);
    assertThat(received.rejections()).isEmpty();
    ViewerReport report = received.reports().getFirst();
    assertThat(report)
        .isEqualTo(
            new ViewerReport(
                "s1",
                "plain",
                3,
                4000,
                5000,
                Facts.facts()
                    .state(PlayerState.REBUFFERING)
                    .content("ch1")
                    .live(true)
                    .bitrateKbps(3128)
                    .topBitrateKbps(6128)
                    .width(1280)
                    .height(720)
                    .playheadMillis(1_700_000_000_000L)
                    .positionMillis(9000L)
                    .playbackRate(1.25)
                    .liveLatencyMillis(5200L)
                    .bufferMillis(0L)
                    .droppedFrames(7L)
                    .startupMillis(640L)
                    .stalls(2L)
                    .stalledMillis(900L)
                    .starved(true)
                    .adBreak(false)
                    .ad(true)
                    .background(true)
                    .errorCode("E7")
                    .fatal(true)
                    .delivery(new Delivery("cdn.example", "/a/1.ts", 200, 20, 300))
                    .build(),
                Map.of("country", "SE", "player", "own", "plan", "premium")));
  }

  @ParameterizedTest
  @EnumSource(PlayerState.class)
  void state_isItsNameInLowerCase(PlayerState state) {
    read(
        "{\"session\":\"s\",\"time\":1,\"state\":\"%s\"}"
            .formatted(state.name().toLowerCase(Locale.ROOT)));
    assertThat(received.reports().getFirst().facts().state()).isEqualTo(state);
  }

  @Test
  void illTypedMembers_areLeftOut() {
    read(
        "{\"session\":\"s\",\"time\":1,\"bitrateKbps\":\"fast\",\"stalledMillis\":-5,"
            + "\"playbackRate\":-1,\"live\":\"yes\",\"content\":\""
            + "c".repeat(129)
            + "\"}");
    assertThat(received.reports().getFirst().facts()).isEqualTo(Facts.NONE);
  }

  @Test
  void reportsThatCannotBeTaken_doNotTakeOthersWithThem() {
    read(
        """
        {"time": 1}
        {"session": "s"}
        {"session": "s", "time": -1}
        oops
        {"session": "s", "time": 7}
        """);
    assertThat(received.rejections())
        .containsExactly(
            Rejection.NO_SESSION,
            Rejection.NO_TIME,
            Rejection.CLOCK_IMPOSSIBLE,
            Rejection.MALFORMED);
    assertThat(received.reports()).extracting(ViewerReport::eventMillis).containsExactly(7L);
  }

  private void read(String body) {
    new PlainReports(Set.of("plan")).read(body.getBytes(StandardCharsets.UTF_8), ARRIVAL, received);
  }
}
