package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.serve.viewers.RolledAudience;
import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.viewer.Habit;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import io.aircheck.storage.sql.PostgresRollups;
import io.aircheck.testkit.PostgresServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service above the job: it has nothing but the table of its sums, in a real PostgreSQL. */
@Tag("slow")
class RolledViewersApiTest extends ViewerFixture {
  private static final long MINUTE = 60_000;
  private static final int VIEWERS = 300;

  @RegisterExtension private static final PostgresServer SERVER = new PostgresServer(20);

  private static int databases;

  private String database = "";
  private PostgresRollups job;

  @BeforeEach
  void openDatabase() {
    database = "viewers" + ++databases;
    SERVER.create(database);
    String address = SERVER.address(database);
    job = new PostgresRollups(address, PostgresServer.USER, "");
    viewers =
        "{\"enabled\": true, \"unmonitored\": {\"after\": \"10s\"}, \"job\": {\"read\": true, \"postgresql\": {\"url\": \"%s\", \"user\": \"%s\"}}}"
            .formatted(address, PostgresServer.USER);
  }

  @AfterEach
  void closeJob() {
    job.close();
  }

  /** Nobody pauses, so that viewers are as many all the time. */
  private static RolledAudience audience(int viewers, long beginMillis, int minutes, String fault) {
    return new RolledAudience(
        new Audience(
            Population.before(List.of(Content.channel("news"), Content.channel("sports"))),
            new Arrivals.Standing(viewers, MINUTE),
            new Habits(Map.of(Habit.STALLS_PER_HOUR, 2.0, Habit.PAUSES_PER_HOUR, 0.0)),
            List.of(TimedFault.parse(fault)),
            new Reporting(10_000, 10, 2_000),
            2L * minutes * MINUTE),
        1,
        beginMillis);
  }

  private long minute() {
    return Math.floorDiv(clock.millis(), MINUTE) * MINUTE;
  }

  @Test
  void faultOfOneCdn_isAnAlertThatNamesIt_besideWhatTheMonitorFinds() throws Exception {
    long now = minute();
    RolledAudience audience = audience(VIEWERS, now - 45 * MINUTE, 60, "stalls@2760+300,cdn=cdn-b");
    job.write(audience.until(now));
    start(List.of());
    addDark("news", "");
    await("/v1/viewers", answer -> answer.path("complete").asBoolean());
    clock.advance(Duration.ofSeconds(21));
    JsonNode sums =
        await(
            "/v1/viewers?by=cdn&where=content=news&usual=true",
            answer -> answer.at("/rows/0/usual").size() > 0);
    assertThat(sums.path("windowSeconds").asLong()).isEqualTo(60);
    assertThat(Instant.parse(sums.path("asOf").asText())).isEqualTo(Instant.ofEpochMilli(now));
    assertThat(sums.path("open").asLong()).isBetween(VIEWERS * 9L / 10, VIEWERS * 11L / 10);
    assertThat(sums.has("sessions")).isFalse();
    ServiceApiTest.assertDescribed(sums, schemas(), "ViewerSums");
    assertThat(json(send(request("/v1/viewers/streams"))).at("/items/news").asLong())
        .isBetween(VIEWERS / 2L, VIEWERS * 9L / 10);

    // A minute as before, then the fault.
    clock.advance(Duration.ofMinutes(6));
    job.write(audience.until(now + 5 * MINUTE));
    await(
        "/v1/viewers/series?measure=viewers&step=60",
        answer -> watched(answer, now + 4 * MINUTE) > 0);
    clock.advance(Duration.ofSeconds(21));
    JsonNode found =
        await("/v1/incidents?stream=viewers:cdn:cdn-b", answer -> answer.path("items").size() == 1)
            .at("/items/0");

    assertThat(found.path("cause").asText()).startsWith("experience.");
    assertThat(json(send(request("/v1/incidents/" + encoded(found)))).toString())
        .contains("The monitor finds")
        .contains("cdn-b");
    assertThat(found.path("viewersHit").asLong()).isPositive();
    assertThat(json(send(request("/v1/incidents"))).path("items"))
        .as("of what viewers experience, nothing but the fault")
        .filteredOn(incident -> incident.path("cause").asText().startsWith("experience."))
        .allMatch(incident -> incident.path("stream").asText().contains("cdn:cdn-b"));
    JsonNode dark =
        await("/v1/incidents?stream=news", answer -> answer.at("/items/0/viewers").isObject())
            .at("/items/0");
    assertThat(dark.at("/viewers/viewers").asLong()).isBetween(VIEWERS / 2L, VIEWERS * 9L / 10);
    assertThat(dark.at("/viewers/exposed/watchedMillis").asLong()).isPositive();
    assertThat(json(send(request("/v1/incidents?order=viewers"))).path("items").size())
        .isGreaterThanOrEqualTo(2);
    JsonNode unmonitored =
        await(
            "/v1/incidents",
            answer -> {
              clock.advance(Duration.ofMillis(100));
              return answer.toString().contains("stream.unmonitored");
            });
    assertThat(unmonitored.toString()).contains("viewers watch sports");
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_viewer_sums_ok 1", "aircheck_viewer_sums_age_seconds");
  }

  /** How many watched in a window of a series. */
  private static double watched(JsonNode series, long millis) {
    for (int i = 0; i < series.path("times").size(); i++) {
      if (series.at("/times/" + i).asLong() * 1000 == millis) {
        return series.at("/rows/0/measures/viewers/" + i).asDouble();
      }
    }
    return 0;
  }

  /** Without faults, since five minutes. */
  private static RolledAudience fewViewers(long now) {
    return audience(20, now - 5 * MINUTE, 30, "stalls@9000+1,cdn=cdn-b");
  }

  /** A service that has read what the job made of an audience. */
  private void startAbove(RolledAudience audience, long now) throws Exception {
    job.write(audience.until(now));
    start(List.of());
    await("/v1/viewers", answer -> answer.path("complete").asBoolean());
  }

  @Test
  void databaseThatIsAway_isToldAndWhatIsKnownStays() throws Exception {
    startAbove(fewViewers(minute()), minute());
    JsonNode before = json(send(request("/v1/viewers")));

    SERVER.allow(database, false);
    SERVER.cut(database);
    JsonNode ready =
        await("/ready", answer -> answer.toString().contains("sums of viewers cannot be read"));
    assertThat(ready.path("status").asText()).isEqualTo("up");
    assertThat(ready.toString()).contains(database);
    assertThat(json(send(request("/v1/viewers"))).at("/rows/0/sums"))
        .isEqualTo(before.at("/rows/0/sums"));
    assertThat(send(request("/metrics")).body()).contains("aircheck_viewer_sums_ok 0");

    SERVER.allow(database, true);
    await(
        "/ready",
        answer ->
            !answer.toString().contains("sums of viewers")
                && logged.toString().contains("sums of viewers are read again"));
    assertThat(logged)
        .filteredOn(line -> line.contains("sums of viewers"))
        .hasSize(2)
        .last()
        .isEqualTo("sums of viewers are read again");
  }

  @Test
  void jobThatTellsNothing_isToldUntilItDoes() throws Exception {
    long now = minute();
    RolledAudience audience = fewViewers(now);
    startAbove(audience, now);

    clock.advance(Duration.ofMinutes(11));
    JsonNode silent =
        await(
            "/ready",
            answer ->
                answer.toString().contains("no sums of viewers have come for")
                    && logged.toString().contains("no sums of viewers have come for"));
    assertThat(silent.path("status").asText()).isEqualTo("up");
    assertThat(json(send(request("/v1/viewers"))).path("problem").asText())
        .contains("the job does not run, or nobody watches");
    assertThat(send(request("/metrics")).body()).contains("aircheck_viewer_sums_ok 1");

    job.write(audience.until(now + 11 * MINUTE));
    await(
        "/ready",
        answer -> {
          clock.advance(Duration.ofMillis(100));
          return !answer.toString().contains("sums of viewers");
        });
    await("/ready", answer -> logged.contains("sums of viewers come again"));
    assertThat(logged)
        .filteredOn(line -> line.contains("sums of viewers have come"))
        .as("said once")
        .hasSize(1);
  }

  @Test
  void withoutATable_whatIsMissingAndWhereOthersAre_isSaid() throws Exception {
    start(List.of());

    await("/ready", answer -> answer.toString().contains("there is no table viewer_rollups yet"));
    assertThat(json(send(request("/v1/viewers"))).path("complete").asBoolean()).isFalse();
    assertProblem("/v1/viewers/sessions", 404, "viewers.job.folder");
    assertProblem("/v1/viewers/sessions/s1", 404, "viewers.job.read");
    assertProblem("/v1/viewers/sessions/s1/timeline", 404, "in Kafka");
    assertProblem("/v1/viewers/sessions.csv", 404, "viewers.job.folder");
    assertProblem("/v1/viewers/connectors", 404, "viewers.job.read");
    assertProblem(
        "/v1/viewers?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z", 422, "viewer_rollups");
    HttpResponse<String> report =
        send(
            request("/v1/viewers/reports")
                .header("Content-Type", "application/json")
                .POST(body(line("s1", "playing", "news", "north"))));
    assertThat(report.statusCode()).isEqualTo(404);
    assertThat(report.body()).contains("report to a collector");
    HttpResponse<String> erasure = send(request("/v1/viewers/sessions/s1").DELETE());
    assertThat(erasure.statusCode()).isEqualTo(404);
    assertThat(erasure.body()).contains("viewers.job.folder");
    JsonNode definitions = json(send(request("/v1/viewers/definitions")));
    assertThat(definitions.path("windowSeconds").asLong()).isEqualTo(60);
    assertThat(definitions.at("/kept/job/sums").asText()).contains(database);
    ServiceApiTest.assertDescribed(definitions, schemas(), "ViewerDefinitions");
  }

  private void assertProblem(String path, int status, String says) throws Exception {
    HttpResponse<String> answer = send(request(path));
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(answer.body()).as(path).contains(says);
  }
}
