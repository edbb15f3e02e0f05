package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.viewers.ArchivedPast;
import io.aircheck.testkit.WaitingTest;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions about viewers of two days ago, and what is exported of them. */
@Tag("slow")
class ArchiveApiTest extends ApiFixture {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(2));

  private String viewers = "{\"enabled\": true, \"customKeys\": {\"com.example-tier\": \"tier\"}}";

  @Override
  ViewerSettings viewers() {
    try {
      return SettingsReader.read(new ObjectMapper().readTree(viewers), ViewerSettings.class);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void startWithPast() throws Exception {
    ArchivedPast.leave(folder, START.toEpochMilli());
    start(List.of());
  }

  /** The first so many hours of the past. */
  private static String range(int hours) {
    return "from=%s&to=%s".formatted(time(START), time(START.plus(Duration.ofHours(hours))));
  }

  private static String time(Instant instant) {
    return URLEncoder.encode(instant.toString(), StandardCharsets.UTF_8);
  }

  private JsonNode ask(String path) throws Exception {
    HttpResponse<String> answer = send(request(path));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static JsonNode row(JsonNode json, String values) throws Exception {
    for (JsonNode row : json.path("rows")) {
      if (row.path("values").equals(new ObjectMapper().readTree(values))) {
        return row;
      }
    }
    throw new AssertionError("no row of " + values + " in " + json);
  }

  @Test
  void sumsOfThePast_areExactByAnyDimensions() throws Exception {
    startWithPast();
    JsonNode all = ask("/v1/viewers?by=cdn,os&" + range(3));
    assertThat(all.path("rows")).hasSize(4);
    JsonNode north = row(all, "{\"cdn\": \"north\", \"os\": \"os0\"}");
    assertThat(north.at("/sums/views").asLong()).isEqualTo(2);
    assertThat(north.at("/sums/watchedMillis").asLong()).isEqualTo(1_200_000);
    assertThat(north.at("/ratios/rebufferingPercent").asDouble()).isEqualTo(100. * 2 / 1200);
    assertThat(north.path("sessionEstimate").asLong()).isEqualTo(2);
    assertThat(north.path("hitSessions").asLong()).isEqualTo(2);
    // 120 windows are known, and one session watches in each.
    assertThat(north.path("viewers").asDouble()).isEqualTo(1);
    assertThat(north.at("/percentiles/bitrateKbps/p50").asDouble()).isBetween(990., 1010.);
    JsonNode filtered = ask("/v1/viewers?where=os=os2&where=content=channel-1&" + range(1));
    assertThat(filtered.at("/rows/0/sums/views").asLong()).isEqualTo(1);
    assertThat(filtered.path("from").asText()).isEqualTo(START.toString());
    JsonNode schemas =
        new ObjectMapper(new YAMLFactory())
            .readTree(send(request("/openapi.yaml")).body())
            .at("/components/schemas");
    ServiceApiTest.assertDescribed(all, schemas, "ViewerSums");
    ServiceApiTest.assertDescribed(all.at("/rows/0"), schemas, "ViewerCell");
  }

  @Test
  void seriesOfThePast_isByMinutesAndByOtherDimensionsByHours() throws Exception {
    startWithPast();
    JsonNode minutes =
        ask("/v1/viewers/series?by=cdn&step=60&measure=viewers&measure=stalls&" + range(3));
    assertThat(minutes.path("times")).hasSize(180);
    JsonNode south = row(minutes, "{\"cdn\": \"south\"}").path("measures");
    assertThat(south.path("viewers").get(9).asDouble()).isEqualTo(5);
    assertThat(south.path("viewers").get(10).asDouble()).isZero();
    assertThat(south.path("viewers").get(125).asDouble()).isEqualTo(5);
    JsonNode north = row(minutes, "{\"cdn\": \"north\"}").path("measures");
    assertThat(north.path("stalls").get(9).asDouble()).isEqualTo(1);
    assertThat(north.path("stalls").get(8).asDouble()).isZero();

    JsonNode hours =
        ask("/v1/viewers/series?by=os&where=cdn=south&measure=watchedMillis&" + range(3));
    assertThat(hours.path("stepSeconds").asInt()).isEqualTo(3600);
    JsonNode os0 = row(hours, "{\"os\": \"os0\"}").at("/measures/watchedMillis");
    assertThat(os0).hasSize(3);
    assertThat(os0.get(0).asLong()).isEqualTo(600_000);
    assertThat(os0.get(1).asLong()).isZero();
    assertThat(os0.get(2).asLong()).isEqualTo(600_000);

    // By default there are so few steps that they can be drawn, up to now.
    JsonNode usual = ask("/v1/viewers/series?measure=viewers&from=" + time(START));
    assertThat(usual.path("times").size()).isBetween(300, 361);
    assertThat(usual.path("stepSeconds").asInt() % 60).isZero();
    assertThat(usual.at("/rows/0/measures/viewers/0").asDouble()).isEqualTo(6);
    JsonNode schemas =
        new ObjectMapper(new YAMLFactory())
            .readTree(send(request("/openapi.yaml")).body())
            .at("/components/schemas");
    ServiceApiTest.assertDescribed(usual, schemas, "ViewerSeries");
  }

  @Test
  void questionsThatTheArchiveCannotAnswer_areRefusedWithTheWay() throws Exception {
    startWithPast();
    HttpResponse<String> unknown = send(request("/v1/viewers?by=colour&" + range(1)));
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("content", "tier");
    HttpResponse<String> rendition = send(request("/v1/viewers?by=rendition&" + range(1)));
    assertThat(rendition.statusCode()).isEqualTo(422);
    HttpResponse<String> tooFine = send(request("/v1/viewers/series?by=os&step=60&" + range(1)));
    assertThat(tooFine.statusCode()).isEqualTo(400);
    assertThat(tooFine.body()).contains("3600");
    assertThat(send(request("/v1/viewers/sessions.csv?from=2020-01-01T00:00:00Z")).statusCode())
        .isEqualTo(422);
    assertThat(send(request("/v1/viewers/sessions.csv?where=x&" + range(1))).statusCode())
        .isEqualTo(400);
  }

  @Test
  void exportOfWhatSessionsDoNotHave_isRefusedWithWhatTheyHave() throws Exception {
    startWithPast();
    for (String ending : List.of("parquet", "csv")) {
      HttpResponse<String> answer =
          send(
              request(
                  "/v1/viewers/sessions.%s?where=rendition=720p&".formatted(ending) + range(1)));
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("rendition", "content", "tier");
    }
    assertThat(send(request("/v1/viewers/sessions?where=colour=red")).statusCode()).isEqualTo(422);
    assertThat(send(request("/v1/viewers/sessions?where=rendition=720p")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void questionsAboutTimesThatAreForgotten_areRefused() throws Exception {
    startWithPast();
    String longAgo = "from=2020-01-01T00:00:00Z&to=2020-01-01T03:00:00Z";
    for (String path :
        List.of(
            "/v1/viewers?",
            "/v1/viewers/series?",
            "/v1/viewers/series?by=os&",
            "/v1/viewers/sessions.csv?")) {
      HttpResponse<String> answer = send(request(path + longAgo));
      assertThat(answer.statusCode()).as(path).isEqualTo(422);
      assertThat(answer.body()).contains("not kept any more", "viewers.archive.keep");
    }
  }

  @Test
  void exportedSessions_canBeReadByOthers() throws Exception {
    startWithPast();
    HttpResponse<Path> parquet =
        client.send(
            request("/v1/viewers/sessions.parquet?where=cdn=north&" + range(3)).build(),
            HttpResponse.BodyHandlers.ofFile(folder.resolve("export.parquet")));
    assertThat(parquet.statusCode()).isEqualTo(200);
    assertThat(parquet.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.apache.parquet");
    assertThat(parquet.headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(value -> assertThat(value).endsWith(".parquet\""));
    assertThat(
            rows(
                "SELECT content, os, views, stalledMillis, endReason, session ="
                    + " (('0x' || left(sha256('past-0-0'), 16))::UBIGINT >> 1)::BIGINT"
                    + " FROM '%s' ORDER BY time".formatted(parquet.body())))
        .containsExactly("channel-0 os0 1 1000 quit true", "channel-0 os0 1 1000 quit false");

    HttpResponse<String> csv = send(request("/v1/viewers/sessions.csv?" + range(1)));
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    List<String> lines = csv.body().lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.getFirst()).startsWith("time,session,view,content,cdn,country");
    assertThat(lines.get(1)).startsWith(START.toString().replace("Z", ".000Z,"));
    try (var exports = Files.list(folder.resolve("viewer-archive/work/exports"))) {
      assertThat(exports).isEmpty();
    }
  }

  @WaitingTest
  void whatWasReportedLately_isExportedToo() throws Exception {
    start(List.of());
    reportAQuit("s1");
    String csv = await("/v1/viewers/sessions.csv?where=tier=gold", text -> text.contains("quit"));
    assertThat(csv.lines()).hasSize(2);
    assertThat(csv).contains("channel-1", "gold").doesNotContain("s1,");
  }

  private void reportAQuit(String session) throws Exception {
    long now = System.currentTimeMillis();
    for (String state : List.of("starting", "playing", "quit")) {
      String body =
          "{\"session\":\"%s\",\"time\":%d,\"state\":\"%s\",\"content\":\"channel-1\","
              + "\"attributes\":{\"tier\":\"gold\"}}";
      assertThat(
              send(request("/v1/viewers/reports")
                      .header("Content-Type", "application/json")
                      .POST(body(body.formatted(session, now++, state))))
                  .statusCode())
          .isEqualTo(204);
    }
  }

  @Test
  void erased_isGoneFromTheArchive() throws Exception {
    startWithPast();
    assertThat(send(request("/v1/viewers/sessions/past-0-0").DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(request("/v1/viewers/sessions/past-0-0").DELETE()).statusCode()).isEqualTo(404);
    JsonNode left = ask("/v1/viewers?" + range(3));
    assertThat(left.at("/rows/0/sessionEstimate").asLong()).isEqualTo(11);
    // Sums stay.
    JsonNode series = ask("/v1/viewers/series?measure=stalls&step=3600&" + range(3));
    assertThat(series.at("/rows/0/measures/stalls/0").asLong()).isEqualTo(1);
  }

  @Test
  void switchedOff_answersOfTheLastHourAlone() throws Exception {
    viewers = "{\"enabled\": true, \"archive\": {\"enabled\": false}}";
    start(List.of());
    assertThat(folder.resolve("viewer-archive")).doesNotExist();
    JsonNode answer = ask("/v1/viewers?" + "from=" + time(START));
    assertThat(Instant.parse(answer.path("from").asText()))
        .isAfter(Instant.now().minus(Duration.ofMinutes(61)));
    assertThat(send(request("/v1/viewers/sessions.csv")).statusCode()).isEqualTo(404);
    for (String path : List.of("/v1/viewers?", "/v1/viewers/series?")) {
      HttpResponse<String> older = send(request(path + range(1)));
      assertThat(older.statusCode()).as(path).isEqualTo(422);
      assertThat(older.body()).contains("last hour", "viewers.archive.enabled");
    }
  }

  @Test
  void switchedOff_whatIsThereIsStillErased() throws Exception {
    ArchivedPast.leave(folder, START.toEpochMilli());
    viewers = "{\"enabled\": true, \"archive\": {\"enabled\": false}}";
    start(List.of());

    assertThat(erase("past-0-0")).isEqualTo(204);
    assertThat(erase("past-0-0")).isEqualTo(404);

    assertThat(archivedSessions()).isEqualTo(11);
  }

  @Test
  void switchedOff_whatIsThereIsForgottenInTime() throws Exception {
    ArchivedPast.leave(folder, START.toEpochMilli());
    viewers =
        "{\"enabled\": true, \"archive\": {\"enabled\": false, \"keepSessionsFor\": \"24h\","
            + " \"keepMinutesFor\": \"24h\"}}";
    start(List.of());

    Instant end = Instant.now().plus(PATIENCE);
    while (isArchived() && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    assertThat(isArchived()).isFalse();
  }

  /** Reports and the archive alike, when viewers are not collected any more at all. */
  @Test
  void collectedNoMore_whatIsThereIsStillErased() throws Exception {
    startWithPast();
    reportAQuit("s1");
    server.close();
    service.close();
    viewers = "{}";
    start(List.of());

    assertThat(erase("s1")).isEqualTo(204);
    assertThat(erase("s1")).isEqualTo(404);
    assertThat(erase("past-0-0")).isEqualTo(204);

    assertThat(archivedSessions()).isEqualTo(11);
    try (Stream<Path> files = Files.list(folder.resolve("viewers"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("\"s1\"");
      }
    }
  }

  @Test
  void archivedInABucketThatIsNotNamedAnyMore_isNotSaidToBeErased() throws Exception {
    startWithPast();
    reportAQuit("s1");
    Files.createDirectories(folder.resolve("viewer-archive/copies"));

    HttpResponse<String> answer = send(request("/v1/viewers/sessions/s1").DELETE());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("not erased everywhere", "viewers.archive.s3", "copies");
  }

  @Test
  void archivedInABucketThatIsAway_isNotSaidToBeErased() throws Exception {
    viewers =
        """
        {"enabled": true, "archive": {"enabled": false, "s3": {"bucket": "viewers",
         "endpoint": "http://127.0.0.1:1", "accessKey": "key", "secretKey": "hunter2hunter2"}}}
        """;
    start(List.of());
    reportAQuit("s1");

    HttpResponse<String> answer = send(request("/v1/viewers/sessions/s1").DELETE());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("not erased everywhere").doesNotContain("hunter2");
  }

  private int erase(String session) throws Exception {
    return send(request("/v1/viewers/sessions/" + session).DELETE()).statusCode();
  }

  /** Folders that are left empty are removed. */
  private boolean isArchived() {
    return Stream.of("sessions", "minutes")
        .anyMatch(table -> Files.exists(folder.resolve("viewer-archive").resolve(table)));
  }

  private long archivedSessions() throws Exception {
    String files = folder.resolve("viewer-archive/sessions") + "/**/*.parquet";
    return Long.parseLong(
        rows("SELECT count(DISTINCT session) FROM read_parquet('%s')".formatted(files)).getFirst());
  }

  private String await(String path, Predicate<String> wished) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    String answer = send(request(path)).body();
    while (!wished.test(answer) && Instant.now().isBefore(end)) {
      answer = send(request(path)).body();
    }
    assertThat(wished.test(answer)).as(answer).isTrue();
    return answer;
  }

  private static List<String> rows(String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection other = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(row.getString(i));
        }
        rows.add(String.join(" ", cells));
      }
    }
    return rows;
  }
}
