package io.aircheck.experience.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsJsonTest {
  private static final ViewerReport EVERYTHING =
      new ViewerReport(
          "s\"1",
          "events",
          17,
          1_800_000_000_123L,
          1_800_000_000_456L,
          new Facts(
              PlayerState.REBUFFERING,
              "channel-1",
              false,
              3000,
              6000,
              1920,
              1080,
              123_456_789_012L,
              7_000L,
              1.25,
              -5L,
              0L,
              12L,
              900L,
              3L,
              4_000L,
              true,
              false,
              true,
              true,
              "MEDIA_ERR \u00e9",
              true,
              new Delivery("cdn.example", null, 404, -1, 32)),
          Map.of("cdn", "north", "tier", ""));

  private static final ViewerReport NOTHING =
      new ViewerReport("s\"1", "events", -1, 5, 6, Facts.NONE, Map.of());

  @Test
  void reports_writtenAndRead_areTheSame() throws IOException {
    List<ViewerReport> reports = List.of(EVERYTHING, NOTHING);

    assertThat(ReportsJson.read(ReportsJson.write(reports))).isEqualTo(reports);
  }

  @Test
  void reports_ofANewerCollector_areReadAsFarAsTheyAreKnown() throws IOException {
    byte[] bytes =
        """
        {"schema": "aircheck.viewer-reports/1", "session": "s", "more": {"a": [1]}, "reports": [
          {"channel": "events", "sequence": 1, "eventMillis": 2, "receivedMillis": 3, "x": [],
           "attributes": {"cdn": "a"}, "facts": {"state": "PLAYING", "mood": {"good": true}}}]}
        """
            .getBytes(StandardCharsets.UTF_8);

    assertThat(ReportsJson.read(bytes))
        .containsExactly(
            new ViewerReport(
                "s",
                "events",
                1,
                2,
                3,
                Facts.facts().state(PlayerState.PLAYING).build(),
                Map.of("cdn", "a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17",
        "{",
        "[]",
        "{\"session\": \"s\", \"reports\": []}",
        "{\"schema\": \"aircheck.viewer-reports/2\", \"session\": \"s\", \"reports\": []}",
        "{\"schema\": \"aircheck.viewer-reports/1\", \"session\": \"s\", \"reports\": [{\"facts\":"
            + " {\"state\": \"ASLEEP\"}}]}",
        "{\"schema\": \"aircheck.viewer-reports/1\", \"session\": \"s\", \"reports\": [{\"facts\":"
            + " {\"width\": \"w\"}}]}"
      })
  void reports_thatAreNone_areRefused(String text) {
    assertThatThrownBy(() -> ReportsJson.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }
}
