package io.aircheck.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.report.Palette;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorLogTest {
  private static final long NOON = 1_790_000_000_000L;

  private final StringWriter screen = new StringWriter();

  private static Finding lasting(long micros) {
    return new Finding(
        "stream.unavailable//1",
        "stream.unavailable",
        5_000_000,
        5_000_000 + micros,
        Severity.ERROR,
        1,
        null,
        "360p",
        Map.of("silentSeconds", 10.0),
        "no data for 10.0 s");
  }

  @Test
  void json_line_hasTheFieldsOfAFindingAndOfTheEvent() throws IOException {
    MonitorLog.json(new PrintWriter(screen)).line("live.m3u8", true, NOON, lasting(0));

    assertThat(screen.toString().lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(screen.toString());
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "event",
            "input",
            "wallClock",
            "kind",
            "startSeconds",
            "endSeconds",
            "severity",
            "confidence",
            "track",
            "rendition",
            "measurements",
            "message");
    assertThat(line.get("event").asText()).isEqualTo("opened");
    assertThat(line.get("input").asText()).isEqualTo("live.m3u8");
    assertThat(line.get("wallClock").asText()).isEqualTo("2026-09-21T14:13:20Z");
    assertThat(line.get("track").isNull()).isTrue();
  }

  @Test
  void text_mediaStoodStill_lastsByTheClock() {
    MonitorLog log = MonitorLog.text(new PrintWriter(screen), Palette.PLAIN);
    log.line("live.m3u8", true, NOON, lasting(0));
    log.line("live.m3u8", false, NOON + 8_000, lasting(0));

    assertThat(screen.toString().lines().toList().getLast())
        .contains("closed", "live.m3u8 [360p]", "after 8.00 s");
  }

  @Test
  void text_openedLate_lastsByTheMedia() {
    MonitorLog log = MonitorLog.text(new PrintWriter(screen), Palette.PLAIN);
    log.line("live.m3u8", true, NOON, lasting(2_000_000));
    log.line("live.m3u8", false, NOON + 1_000, lasting(3_000_000));

    assertThat(screen.toString().lines().toList().getLast()).contains("after 3.00 s");
  }
}
