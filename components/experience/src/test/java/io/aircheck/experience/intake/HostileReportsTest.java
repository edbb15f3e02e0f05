package io.aircheck.experience.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.cmcd.CmcdRequests;
import io.aircheck.experience.epas.EpasReports;
import io.aircheck.experience.logs.AkamaiLog;
import io.aircheck.experience.logs.CloudFrontLog;
import io.aircheck.experience.logs.JsonLog;
import io.aircheck.experience.logs.LogReports;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.plain.PlainReports;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Captured;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.session.SessionState;
import io.aircheck.experience.snowplow.SnowplowReports;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever comes, nothing is thrown, and what is taken keeps the limits of the model. */
class HostileReportsTest {
  private static final long NOW = 1_795_771_200_000L;
  private static final Arrival ARRIVAL = new Arrival(NOW, "channel", Map.of("country", "SE"));
  private static final byte[][] NASTY =
      bytes(
          "\"",
          "\\",
          "(",
          ")",
          ",",
          ";",
          "=",
          "?",
          ":",
          "\n",
          "\r\n",
          "\u0000",
          "{",
          "}",
          "[",
          "]",
          "%",
          "%2",
          "-",
          "\t",
          "999999999999999999999",
          "-1",
          "1e999",
          "0.0000000001",
          "NaN",
          "null",
          "\u00e9",
          "\ud83d\ude00",
          "sid=\"",
          "ts=",
          "v=3",
          "br=(((",
          "e=rr",
          "\"timestamp\":",
          "\"sessionId\":\"\"",
          "#Fields: a b c\n",
          "CMCD=%22");

  @Test
  void mutatedReports_areTakenOrRejected() {
    run(1, 1_000);
  }

  @Test
  @Tag("slow")
  void manyMutatedReports_areTakenOrRejected() {
    run(2, 20_000);
  }

  @Test
  void contentIdOfAMegabyte_costsNothing() {
    String id = "c".repeat(1 << 20);
    Received received = new Received();
    reader("reports")
        .accept(
            ("cid=\"" + id + "\",e=t,sid=\"s\",ts=1,v=2\ne=t,sid=\"s\",ts=2,v=2")
                .getBytes(StandardCharsets.UTF_8),
            received);
    reader("plain")
        .accept(
            ("{\"session\":\"s\",\"time\":1,\"content\":\"" + id + "\"}")
                .getBytes(StandardCharsets.UTF_8),
            received);
    assertThat(received.rejections()).hasSize(1);
    assertThat(received.reports()).hasSize(2);
    assertThat(received.reports()).allMatch(report -> report.facts().content() == null);
  }

  private static void run(long seed, int rounds) {
    Random random = new Random(seed);
    Map<String, BiConsumer<byte[], ReportReceiver>> readers = readers();
    List<byte[]> bodies = bodies();
    SessionFold fold = new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession());
    Map<String, SessionState> sessions = new HashMap<>();
    long read = 0;
    long deltas = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] body = mutated(bodies.get(random.nextInt(bodies.size())), bodies, random);
      for (BiConsumer<byte[], ReportReceiver> reader : readers.values()) {
        Received received = new Received();
        reader.accept(body, received);
        received.reports().forEach(HostileReportsTest::check);
        read += received.reports().size();
        for (ViewerReport report : received.reports()) {
          SessionState state = sessions.computeIfAbsent(report.session(), fold::initial);
          Step<SessionState, SessionDelta> step = fold.apply(state, report);
          sessions.put(report.session(), step.state());
          deltas += step.outputs().size();
        }
      }
    }
    assertThat(read).as("some still say something").isGreaterThan(rounds / 2);
    assertThat(deltas).isPositive();
    assertThat(sessions.values())
        .allSatisfy(
            state ->
                assertThat(state.totals().get(Measure.WATCHED_MILLIS))
                    .as(state.session())
                    .isNotNegative());
  }

  private static void check(ViewerReport report) {
    assertThat(report.session()).isNotBlank().hasSizeLessThanOrEqualTo(ViewerReport.MAX_SESSION);
    assertThat(report.eventMillis()).isBetween(0L, ViewerReport.MAX_MILLIS);
    String content = report.facts().content();
    assertThat(content == null ? 0 : content.length())
        .isLessThanOrEqualTo(ViewerReport.MAX_CONTENT);
    Long stalled = report.facts().stalledMillis();
    assertThat(stalled == null ? 0 : stalled).isNotNegative();
    report.attributes().values().forEach(value -> assertThat(value.length()).isLessThan(129));
  }

  /** Cuts, repeats, overwrites and inserts at some places. */
  private static byte[] mutated(byte[] original, List<byte[]> bodies, Random random) {
    byte[] body = original;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(body.length + 1);
      body =
          switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> joined(body, at, NASTY[random.nextInt(NASTY.length)], at);
            case 2 -> joined(body, at, new byte[0], Math.min(body.length, at + random.nextInt(40)));
            case 3 -> {
              byte[] other = bodies.get(random.nextInt(bodies.size()));
              int from = random.nextInt(other.length);
              int to = Math.min(other.length, from + random.nextInt(80));
              yield joined(body, at, Arrays.copyOfRange(other, from, to), at);
            }
            default -> {
              byte[] flipped = body.clone();
              if (at < flipped.length) {
                flipped[at] = (byte) random.nextInt(256);
              }
              yield flipped;
            }
          };
    }
    return body;
  }

  private static byte[] joined(byte[] body, int to, byte[] middle, int from) {
    byte[] joined = Arrays.copyOf(body, to + middle.length + body.length - from);
    System.arraycopy(middle, 0, joined, to, middle.length);
    System.arraycopy(body, from, joined, to + middle.length, body.length - from);
    return joined;
  }

  private static BiConsumer<byte[], ReportReceiver> reader(String name) {
    return Objects.requireNonNull(readers().get(name));
  }

  private static Map<String, BiConsumer<byte[], ReportReceiver>> readers() {
    CmcdParser parser = new CmcdParser(Set.of("com.example-app"));
    CmcdMapping mapping =
        new CmcdMapping(Quirk.ofRecords(), Map.of("com.example-app", "appVersion"));
    CmcdReports reports = new CmcdReports(parser, mapping);
    CmcdRequests requests = new CmcdRequests(parser, mapping);
    EpasReports epas = new EpasReports();
    SnowplowReports snowplow = new SnowplowReports();
    PlainReports plain = new PlainReports(Set.of());
    Map<String, BiConsumer<byte[], ReportReceiver>> readers = new LinkedHashMap<>();
    readers.put("reports", (body, receiver) -> reports.read(body, ARRIVAL, receiver));
    readers.put(
        "requests",
        (body, receiver) -> {
          String text = new String(body, StandardCharsets.ISO_8859_1);
          requests.read(NOW, text, List.of(), null, ARRIVAL, receiver);
          requests.read(NOW, null, List.of(text), null, ARRIVAL, receiver);
        });
    readers.put("epas", (body, receiver) -> epas.read(body, ARRIVAL, receiver));
    readers.put("snowplow", (body, receiver) -> snowplow.read(body, ARRIVAL, receiver));
    readers.put("plain", (body, receiver) -> plain.read(body, ARRIVAL, receiver));
    Arrivals arrivals = new Arrivals(Locator.NOWHERE, OptOut.DEFAULT, Set.of());
    for (var format :
        List.of(
            new CloudFrontLog(List.of("timestamp", "c-ip", "cs-uri-stem", "cs-uri-query")),
            new CloudFrontLog(List.of()),
            new AkamaiLog(),
            new JsonLog())) {
      LogReports log = new LogReports(format, requests, arrivals, Map.of());
      readers.put("log " + readers.size(), log::read);
    }
    return readers;
  }

  private static List<byte[]> bodies() {
    List<byte[]> bodies = new ArrayList<>();
    for (String run : List.of("hls.js-1.7.4", "dash.js-5.2.1", "shaka-5.2.12")) {
      List<String> lines = Captured.lines(run + "-preloaded.cmcd");
      for (int i = 0; i + 3 < lines.size(); i += 3) {
        bodies.add(String.join("\n", lines.subList(i, i + 3)).getBytes(StandardCharsets.UTF_8));
      }
      for (String line : Captured.lines(run + "-requests-v2.txt")) {
        String query = line.substring(line.indexOf('?') + 1);
        bodies.add(query.getBytes(StandardCharsets.UTF_8));
        bodies.add(
            ("1795771200.5\t192.0.2.1\t/a\t" + query + "\n").getBytes(StandardCharsets.UTF_8));
        bodies.add(
            ("{\"time\":1,\"reqTimeSec\":\"1\",\"url\":\"/a?%1$s\",\"queryStr\":\"%1$s\"}\n")
                .formatted(query.replace("%", "%%"))
                .replace("%%", "%")
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    bodies.add(
        """
        {"event":"bitrate_changed","sessionId":"s1","timestamp":1795771200000,"playhead":5.5,
         "payload":{"bitrate":"3200","width":1280,"reason":"ended","code":7}}
        {"session":"s2","sequence":4,"time":1795771200000,"state":"playing","playbackRate":1.5,
         "delivery":{"url":"https://a/b?c","status":200},"attributes":{"player":"x"}}
        """
            .getBytes(StandardCharsets.UTF_8));
    bodies.add(
        ("{\"data\":[{\"dtm\":\"1795771200000\",\"ue_pr\":\"{\\\"data\\\":{\\\"schema\\\":"
                + "\\\"iglu:com.snowplowanalytics.snowplow.media/play_event/jsonschema/1-0-0\\\"}}\","
                + "\"co\":\"{\\\"data\\\":[{\\\"schema\\\":\\\"iglu:com.snowplowanalytics.snowplow"
                + ".media/session/jsonschema/1-0-0\\\",\\\"data\\\":{\\\"mediaSessionId\\\":\\\"m\\\"}}]}\"}]}")
            .getBytes(StandardCharsets.UTF_8));
    return bodies;
  }

  private static byte[][] bytes(String... texts) {
    return Arrays.stream(texts)
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }
}
