package io.aircheck.experience.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdRequests;
import io.aircheck.experience.cmcd.PercentEncoding;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.Locator;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.Captured;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ViewerReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class LogReportsTest {
  private static final String AGENT = "Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36";
  private static final String CAPTURED = "hls.js-1.7.4-requests-v2.txt";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd\tHH:mm:ss").withZone(ZoneOffset.UTC);

  private final Received received = new Received();

  @Test
  void standardLogOfCloudFront_namesItsColumns() {
    StringBuilder log =
        new StringBuilder(
            "#Version: 1.0\n#Fields: date time c-ip cs(Host) cs-uri-stem sc-status cs(User-Agent)"
                + " cs-uri-query time-taken time-to-first-byte\n");
    for (Request request : captured()) {
      log.append(
          String.join(
                  "\t",
                  DATE.format(Instant.ofEpochMilli(request.millis)),
                  "192.0.2.7",
                  "cdn.example",
                  request.path,
                  "200",
                  AGENT.replace(" ", "%2520"),
                  request.query,
                  "0.250",
                  "0.031")
              + "\n");
    }
    read(new CloudFrontLog(List.of()), log.toString());
    check(millis -> millis / 1000 * 1000, 31, 250);
  }

  @Test
  void realTimeLogOfCloudFront_hasTheColumnsOfItsConfiguration() {
    StringBuilder log = new StringBuilder();
    for (Request request : captured()) {
      log.append(
          "%s\t192.0.2.7\t0.031\t200\tcdn.example\t%s\t0.250\t%s\t%s\n"
              .formatted(
                  seconds(request.millis), request.path, AGENT.replace(" ", "%20"), request.query));
    }
    read(
        new CloudFrontLog(
            List.of(
                "timestamp",
                "c-ip",
                "time-to-first-byte",
                "sc-status",
                "cs-host",
                "cs-uri-stem",
                "time-taken",
                "cs-user-agent",
                "cs-uri-query")),
        log.toString());
    check(millis -> millis, 31, 250);
  }

  @Test
  void keysInColumnsOfTheirOwn_areASet() {
    read(
        new CloudFrontLog(
            List.of(
                "timestamp",
                "cs-uri-stem",
                "cmcd-session-id",
                "cmcd-content-id",
                "cmcd-encoded-bitrate",
                "cmcd-buffer-length",
                "cmcd-buffer-starvation",
                "cmcd-stream-type",
                "cmcd-object-type",
                "c-country",
                "asn")),
        "1700000000.500\t/a/1.ts\tabc\t%22ch%201%22\t3200\t2100\ttrue\tl\tv\tSE\t64500\n"
            + "1700000001.500\t/a/2.ts\t-\t-\t-\t-\t-\t-\t-\tSE\t64500\n");
    assertThat(received.reports()).hasSize(1);
    ViewerReport report = received.reports().getFirst();
    assertThat(report.session()).isEqualTo("abc");
    assertThat(report.eventMillis()).isEqualTo(1_700_000_000_500L);
    assertThat(report.facts().content()).isEqualTo("ch 1");
    assertThat(report.facts().bitrateKbps()).isEqualTo(3200);
    assertThat(report.facts().bufferMillis()).isEqualTo(2100);
    assertThat(report.facts().starved()).isTrue();
    assertThat(report.facts().live()).isTrue();
    assertThat(report.attributes())
        .containsEntry(Attributes.COUNTRY, "SE")
        .containsEntry(Attributes.NETWORK, "AS64500");
  }

  @Test
  void headersInAColumn_areRead() {
    read(
        new CloudFrontLog(List.of("timestamp", "cs-uri-stem", "cs-headers")),
        "1700000000\t/a/1.ts\tHost:cdn.example%0ACMCD-Session:sid=%22abc%22%2Cst=l%0A"
            + "CMCD-Request:bl=(900)%0A\n"
            + "1700000001\t/a/1.ts\tCMCD-Session:sid=%22abc%22%0ASec-GPC:1%0A\n");
    assertThat(received.reports()).hasSize(1);
    assertThat(received.reports().getFirst().session()).isEqualTo("abc");
    assertThat(received.reports().getFirst().facts().bufferMillis()).isEqualTo(900);
    assertThat(received.rejections()).containsExactly(Rejection.OPTED_OUT);
  }

  @Test
  void akamaiDataStream_isReadInJson() {
    StringBuilder log = new StringBuilder();
    for (Request request : captured()) {
      log.append(
          ("{\"version\":1,\"reqTimeSec\":\"%s\",\"reqHost\":\"cdn.example\",\"reqPath\":\"%s\",\"queryStr\":\"%s\",\"statusCode\":\"200\",\"UA\":\"%s\",\"cliIP\":\"192.0.2.7\",\"timeToFirstByte\":\"31\",\"downloadTime\":\"250\",\"asn\":\"-\"}\n")
              .formatted(
                  seconds(request.millis),
                  request.path.substring(1),
                  request.query,
                  AGENT.replace(" ", "%20")));
    }
    read(new AkamaiLog(), log.toString());
    check(millis -> millis, 31, 250);
  }

  @Test
  void jsonOfFastly_isRead() {
    StringBuilder log = new StringBuilder();
    for (Request request : captured()) {
      log.append(
          ("{\"time\":%d,\"host\":\"cdn.example\",\"url\":\"%s?%s\",\"status\":200,"
                  + "\"firstByteMillis\":31,\"elapsedMillis\":250,\"address\":\"192.0.2.7\","
                  + "\"userAgent\":\"%s\",\"cmcdSession\":\"\",\"gpc\":\"\"}\n")
              .formatted(request.millis, request.path, request.query, AGENT));
    }
    read(new JsonLog(), log.toString());
    check(millis -> millis, 31, 250);
  }

  @Test
  void jsonOfNginx_isRead() {
    StringBuilder log = new StringBuilder();
    for (Request request : captured()) {
      log.append(
          ("{\"time\":\"%s\",\"host\":\"cdn.example\",\"url\":\"%s\",\"status\":\"200\","
                  + "\"elapsedSeconds\":\"0.250\",\"address\":\"192.0.2.7\",\"userAgent\":\"%s\","
                  + "\"cmcdSession\":\"%s\",\"cmcdObject\":\"\",\"gpc\":\"\"}\n")
              .formatted(
                  seconds(request.millis),
                  request.path,
                  AGENT,
                  PercentEncoding.text(request.query.substring("CMCD=".length()))
                      .replace("\"", "\\\"")));
    }
    read(new JsonLog(), log.toString());
    check(millis -> millis, -1, 250);
  }

  @Test
  void linesThatCannotBeRead_areCountedAndOthersTaken() {
    read(
        new CloudFrontLog(List.of("timestamp", "cs-uri-query")),
        "nonsense\n\n-\tx\n1700000000\n1e99\tx\n1700000000\tCMCD=sid%3D%22s%22\n1700000000\t-\n");
    assertThat(received.rejections())
        .containsExactly(
            Rejection.MALFORMED, Rejection.MALFORMED, Rejection.MALFORMED, Rejection.MALFORMED);
    assertThat(received.reports()).hasSize(1);
    read(new JsonLog(), "{\"url\":\"/x\"}\nnonsense\n{\"time\":1,\"url\":\"/x?CMCD=bs\"}");
    assertThat(received.rejections())
        .hasSize(7)
        .endsWith(Rejection.MALFORMED, Rejection.MALFORMED, Rejection.NO_SESSION);
  }

  private void check(LongUnaryOperator precision, long first, long last) {
    List<Request> requests = captured();
    assertThat(received.rejections()).isEmpty();
    assertThat(received.reports()).hasSameSizeAs(requests);
    for (int i = 0; i < requests.size(); i++) {
      Request request = requests.get(i);
      ViewerReport report = received.reports().get(i);
      assertThat(report.eventMillis()).isEqualTo(precision.applyAsLong(request.millis));
      assertThat(report.receivedMillis()).isEqualTo(report.eventMillis());
      assertThat(report.channel()).isEqualTo("requests");
      assertThat(report.sequence()).isEqualTo(i);
      assertThat(report.facts().content()).isEqualTo("channel-1");
      assertThat(report.facts().delivery())
          .isEqualTo(new Delivery("cdn.example", request.path, 200, first, last));
      assertThat(report.attributes())
          .isEqualTo(
              Map.of(
                  Attributes.CDN, "north",
                  Attributes.COUNTRY, "SE",
                  Attributes.DEVICE, "desktop",
                  Attributes.SYSTEM, "Windows",
                  Attributes.BROWSER, "Chrome",
                  Attributes.FORMAT, "hls"));
    }
  }

  private void read(LogFormat format, String lines) {
    Locator locator = address -> new Locator.Location("SE", null);
    new LogReports(
            format,
            new CmcdRequests(new CmcdParser(Set.of()), new CmcdMapping(List.of(), Map.of())),
            new Arrivals(locator, OptOut.DEFAULT, Set.of()),
            Map.of(Attributes.CDN, "north"))
        .read(lines.getBytes(StandardCharsets.UTF_8), received);
  }

  private static List<Request> captured() {
    List<Request> requests = new ArrayList<>();
    for (String line : Captured.lines(CAPTURED)) {
      int path = line.indexOf(' ') + 1;
      int query = line.indexOf('?');
      requests.add(
          new Request(
              Long.parseLong(line.substring(0, path - 1)),
              line.substring(path, query),
              line.substring(query + 1)));
    }
    return requests;
  }

  private static String seconds(long millis) {
    return "%d.%03d".formatted(millis / 1000, millis % 1000);
  }

  private record Request(long millis, String path, String query) {}
}
