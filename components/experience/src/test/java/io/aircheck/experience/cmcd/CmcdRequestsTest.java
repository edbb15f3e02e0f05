package io.aircheck.experience.cmcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Captured;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ViewerReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmcdRequestsTest {
  private static final Arrival ARRIVAL = new Arrival(5000, "requests", Map.of());

  private final Received received = new Received();

  @Test
  void query_isDecoded() {
    assertThat(read("a=1&CMCD=bl%3D2000%2Cbs%2Ccid%3D%22x%20y%2Bz%22%2Csid%3D%22s%22&b=2"))
        .isTrue();
    ViewerReport report = received.reports().getFirst();
    assertThat(report.session()).isEqualTo("s");
    assertThat(report.sequence()).isEqualTo(-1);
    assertThat(report.eventMillis()).isEqualTo(4000);
    assertThat(report.facts().content()).isEqualTo("x y+z");
    assertThat(report.facts().bufferMillis()).isEqualTo(2000);
    assertThat(report.facts().starved()).isTrue();
  }

  @Test
  void setThatWasEncodedTwice_isDecodedTwice() {
    read("CMCD=sid%253D%2522s%2522%252Cbs");
    assertThat(received.reports().getFirst().session()).isEqualTo("s");
  }

  @Test
  void headers_winOverTheQuery() {
    read("CMCD=sid%3D%22query%22%2Cbs", "bl=(900)", "br=(3200),ot=v", "sid=\"header\",v=2");
    ViewerReport report = received.reports().getFirst();
    assertThat(report.session()).isEqualTo("header");
    assertThat(report.facts().bufferMillis()).isEqualTo(900);
    assertThat(report.facts().bitrateKbps()).isEqualTo(3200);
    assertThat(report.facts().starved()).isFalse();
  }

  @Test
  void requestWithoutData_isNone() {
    assertThat(read(null)).isFalse();
    assertThat(read("a=1&XCMCD=2&cmcd")).isFalse();
    assertThat(received.reports()).isEmpty();
    assertThat(received.rejections()).isEmpty();
  }

  @Test
  void dataBeyondTheLimit_isRejected() {
    assertThat(read("CMCD=" + "x".repeat(20_000))).isTrue();
    read(null, "x=1," + "y".repeat(10_000), "z".repeat(10_000));
    assertThat(received.rejections()).containsExactly(Rejection.TOO_LARGE, Rejection.TOO_LARGE);
  }

  @Test
  void percentSignsThatEncodeNothing_areKept() {
    assertThat(new String(PercentEncoding.decode("100%zz%4", true), StandardCharsets.UTF_8))
        .isEqualTo("100%zz%4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hls.js-1.7.4-requests-v1.txt",
        "hls.js-1.7.4-requests-v2.txt",
        "dash.js-5.2.1-requests-v1.txt",
        "dash.js-5.2.1-requests-v2.txt",
        "shaka-5.2.12-requests-v1.txt",
        "shaka-5.2.12-requests-v2.txt"
      })
  void requestsOfRealPlayers_areReadWholly(String file) {
    for (String line : Captured.lines(file)) {
      read(line.substring(line.indexOf('?') + 1));
    }
    assertThat(received.rejections()).isEmpty();
    assertThat(received.reports()).hasSize(20);
    assertThat(received.reports())
        .extracting(ViewerReport::session)
        .containsOnly(received.reports().getFirst().session());
    assertThat(received.reports())
        .allSatisfy(report -> assertThat(report.facts().content()).isEqualTo("channel-1"));
    assertThat(
            received.reports().stream().map(r -> r.facts().bitrateKbps()).filter(Objects::nonNull))
        .as("none of sound alone")
        .isNotEmpty()
        .allMatch(kbps -> kbps >= 120);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hls.js-1.7.4-headers-v2.jsonl", "shaka-5.2.12-headers-v2.jsonl"})
  void headersOfRealPlayers_areReadWholly(String file) {
    for (String line : Captured.lines(file)) {
      List<String> headers =
          CmcdRequests.HEADERS.stream()
              .map(name -> value(line, name))
              .filter(v -> !v.isEmpty())
              .toList();
      read(null, headers.toArray(String[]::new));
    }
    assertThat(received.rejections()).isEmpty();
    assertThat(received.reports()).hasSize(12);
    assertThat(received.reports())
        .allSatisfy(report -> assertThat(report.facts().content()).isEqualTo("channel-1"));
  }

  @Test
  void stateOfARequest_isTaken() {
    read("CMCD=sid%3D%22s%22%2Csn%3D4%2Csta%3Dr%2Cv%3D2");
    assertThat(received.reports().getFirst().facts().state()).isEqualTo(PlayerState.REBUFFERING);
    assertThat(received.reports().getFirst().sequence()).isEqualTo(4);
  }

  /** The value of a member of an object on one line whose strings hold escaped quotes only. */
  private static String value(String json, String name) {
    int at = json.indexOf("\"" + name + "\": \"");
    if (at < 0) {
      return "";
    }
    StringBuilder value = new StringBuilder();
    for (int i = at + name.length() + 5; json.charAt(i) != '"'; i++) {
      i += json.charAt(i) == '\\' ? 1 : 0;
      value.append(json.charAt(i));
    }
    return value.toString();
  }

  private boolean read(@Nullable String query, String... headers) {
    return new CmcdRequests(new CmcdParser(Set.of()), new CmcdMapping(List.of(), Map.of()))
        .read(4000, query, List.of(headers), null, ARRIVAL, received);
  }
}
