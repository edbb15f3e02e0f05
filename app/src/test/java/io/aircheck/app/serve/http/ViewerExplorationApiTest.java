package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.viewers.PastAudience;
import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Ratio;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be asked of viewers beyond sums, at a service that knows an audience's past. */
@Tag("slow")
class ViewerExplorationApiTest extends ApiFixture {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MINUTES = Duration.ofMinutes(5).toMillis();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Half past some hour: of the first seconds of one an archive has nothing to tell. */
  private final Clock clock = halfPast(Clock.systemUTC());

  private static Clock halfPast(Clock clock) {
    Instant now = clock.instant();
    Instant half = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofMinutes(30));
    return Clock.offset(clock, Duration.between(now, half));
  }

  @Override
  InstantSource clock() {
    return clock;
  }

  @Override
  ViewerSettings viewers() {
    try {
      return SettingsReader.read(
          new ObjectMapper().readTree("{\"enabled\": true}"), ViewerSettings.class);
    } catch (SettingsException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private void startAfter(long millis) throws Exception {
    Audience audience =
        new Audience(
            Population.before(List.of(Content.channel("news"), Content.channel("sports"))),
            new Arrivals.Standing(40, 30_000),
            Habits.USUAL,
            List.of(),
            Reporting.USUAL,
            2 * HOUR);
    long now = clock.millis();
    new PastAudience(audience, 3, now - millis).report(folder.resolve("viewers"), now);
    start(List.of());
    assertThat(
            send(request("/v1/streams")
                    .POST(
                        body(
                            "{\"id\": \"one\", \"url\": \"%s\", \"labels\": {\"content\": \"news\"}}"
                                .formatted(DARK))))
                .statusCode())
        .isEqualTo(201);
    await("/v1/viewers", answer -> answer.path("complete").asBoolean());
  }

  private JsonNode await(String question, Predicate<JsonNode> wanted) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    JsonNode answer = ask(question);
    while (!wanted.test(answer) && System.nanoTime() < until) {
      Thread.onSpinWait();
      answer = ask(question);
    }
    assertThat(wanted.test(answer)).as(question).isTrue();
    return answer;
  }

  /** Answers that fit. */
  private record Pair(JsonNode first, JsonNode second) {}

  /** Asks both again until their answers fit: time goes on between them. */
  private Pair await(
      String first, Function<JsonNode, String> second, BiPredicate<JsonNode, JsonNode> fit)
      throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode answer = ask(first);
      Pair pair = new Pair(answer, ask(second.apply(answer)));
      if (fit.test(pair.first(), pair.second())) {
        return pair;
      }
      assertThat(until - System.nanoTime()).as(pair.toString()).isPositive();
    }
  }

  private JsonNode ask(String question) throws Exception {
    HttpResponse<String> answer = send(request(question));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private void assertDescribed(JsonNode answer, String schema) throws Exception {
    JsonNode schemas =
        new ObjectMapper(new YAMLFactory())
            .readTree(send(request("/openapi.yaml")).body())
            .at("/components/schemas");
    ServiceApiTest.assertDescribed(answer, schemas, schema);
  }

  @Test
  void usual_isBesideEachRatioThatIsJudged_ofSumsAndOverTime() throws Exception {
    startAfter(HOUR);
    // What is learnt of a window is there when it is looked at, some seconds after its end.
    JsonNode sums =
        await("/v1/viewers?by=cdn&usual=true", answer -> answer.at("/rows/0/usual").size() > 4);
    JsonNode row = sums.at("/rows/0");
    JsonNode latency = row.at("/usual/latencySeconds");
    assertThat(latency.path("low").asDouble()).isLessThan(latency.path("value").asDouble());
    assertThat(latency.path("high").asDouble()).isGreaterThan(latency.path("value").asDouble());
    assertThat(latency.path("value").asDouble())
        .isBetween(
            0.5 * row.at("/ratios/latencySeconds").asDouble(),
            2 * row.at("/ratios/latencySeconds").asDouble());
    assertThat(latency.path("worse").isBoolean()).isTrue();
    assertThat(row.at("/usual/seekingPercent").isMissingNode()).isTrue();
    assertDescribed(row, "ViewerCell");

    JsonNode series = ask("/v1/viewers/series?usual=true&measure=latencySeconds&measure=viewers");
    JsonNode usual = series.at("/rows/0/usual");
    assertThat(usual).hasSize(1);
    assertThat(usual.at("/latencySeconds/high")).hasSameSizeAs(series.path("times"));
    assertDescribed(series, "ViewerSeries");
    assertThat(ask("/v1/viewers?by=cdn").at("/rows/0/usual").isMissingNode()).isTrue();
  }

  @Test
  void dimensions_thatAreNotKeptTogether_areAnsweredFromTheArchiveWithHowFreshThatIs()
      throws Exception {
    startAfter(MINUTES);

    JsonNode sums = await("/v1/viewers?by=player,browser&where=cdn=cdn-a", this::hasRows);
    Instant asOf = Instant.parse(sums.path("asOf").asText());
    assertThat(asOf).isBetween(clock.instant().minusSeconds(120), clock.instant());
    Instant from = Instant.parse(sums.path("from").asText());
    assertThat(from).isEqualTo(from.truncatedTo(ChronoUnit.HOURS));
    assertThat(sums.at("/rows/0/sums/watchedMillis").asLong()).isPositive();
    assertDescribed(sums, "ViewerSums");

    JsonNode series = ask("/v1/viewers/series?by=player,browser&where=cdn=cdn-a");
    assertThat(series.path("stepSeconds").asLong()).isEqualTo(3_600);
    assertThat(series.path("asOf").isTextual()).isTrue();
    assertThat(series.path("rows")).hasSameSizeAs(sums.path("rows"));
    assertDescribed(series, "ViewerSeries");
  }

  @Test
  void sets_ofDimensions_areKeptUpToNow() throws Exception {
    startAfter(MINUTES);

    JsonNode versions =
        await("/v1/viewers?by=appVersion&where=cdn=cdn-a&where=country=DE", this::hasRows);
    assertThat(versions.path("asOf").isMissingNode()).isTrue();
    assertThat(ask("/v1/viewers?by=device&where=cdn=cdn-a").path("asOf").isMissingNode()).isTrue();
    assertThat(ask("/v1/viewers/definitions").path("groupings").toString())
        .contains("[\"cdn\",\"country\",\"appVersion\"]");
  }

  private boolean hasRows(JsonNode answer) {
    return !answer.path("rows").isEmpty();
  }

  @Test
  void stream_isItsViewers() throws Exception {
    startAfter(MINUTES);
    String views = "/rows/0/sums/views";
    Pair both =
        await(
            "/v1/viewers?stream=one",
            byStream -> "/v1/viewers?where=content=news",
            (byStream, byContent) -> byStream.at(views).equals(byContent.at(views)));

    assertThat(both.first().at("/rows/0/sums/playingMillis").asLong()).isPositive();
    assertThat(send(request("/v1/viewers?stream=nothing")).statusCode()).isEqualTo(404);
  }

  @Test
  void sessions_areFoundByWhatTheyHaveInCommonAndInOrder() throws Exception {
    startAfter(MINUTES);
    JsonNode items =
        ask("/v1/viewers/sessions?order=stalled&where=content=news&limit=20").path("items");

    assertThat(items).hasSize(20);
    long before = Long.MAX_VALUE;
    for (JsonNode item : items) {
      assertThat(item.path("content").asText()).isEqualTo("news");
      long stalled = item.at("/sums/stalledMillis").asLong();
      assertThat(stalled).isLessThanOrEqualTo(before);
      before = stalled;
    }
    assertThat(items.get(0).at("/sums/stalledMillis").asLong()).isPositive();
    assertDescribed(items.get(0), "ViewerSession");
    HttpResponse<String> wrong = send(request("/v1/viewers/sessions?order=luck"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("errors, latest, stalled, startup, watched");
  }

  @Test
  void timeline_ofASession_addsUpToItsSums() throws Exception {
    startAfter(MINUTES);
    JsonNode timeline =
        await(
                "/v1/viewers/sessions?order=stalled&limit=1",
                sessions ->
                    "/v1/viewers/sessions/%s/timeline"
                        .formatted(sessions.at("/items/0/id").asText()),
                (sessions, found) -> isTimelineOf(sessions.at("/items/0"), found))
            .second();

    JsonNode last = lastView(timeline);
    assertThat(last.path("streams").toString())
        .isEqualTo(last.path("content").asText().equals("news") ? "[\"one\"]" : "[]");
    JsonNode times = timeline.at("/told/times");
    assertThat(times.size()).isPositive();
    for (String name : List.of("bitrateKbps", "height", "bufferSeconds", "latencySeconds")) {
      assertThat(timeline.at("/told/" + name)).hasSameSizeAs(times);
    }
    assertDescribed(timeline, "ViewerTimeline");
    assertThat(send(request("/v1/viewers/sessions/nobody/timeline")).statusCode()).isEqualTo(404);
  }

  private static boolean isTimelineOf(JsonNode session, JsonNode timeline) {
    return lastView(timeline).path("content").equals(session.path("content"))
        && Map.of("stalled", "stalledMillis", "playing", "playingMillis", "ad", "adMillis")
            .entrySet()
            .stream()
            .allMatch(
                activity ->
                    spent(timeline, session.path("view").asLong(), activity.getKey())
                        == session.at("/sums/" + activity.getValue()).asLong());
  }

  private static JsonNode lastView(JsonNode timeline) {
    return timeline.path("views").path(timeline.path("views").size() - 1);
  }

  private static long spent(JsonNode timeline, long view, String activity) {
    return timeline
        .path("spans")
        .valueStream()
        .filter(span -> span.path("view").asLong() == view)
        .filter(span -> span.path("activity").asText().equals(activity))
        .mapToLong(span -> millis(span, "to") - millis(span, "from"))
        .sum();
  }

  private static long millis(JsonNode span, String name) {
    return Instant.parse(span.path(name).asText()).toEpochMilli();
  }

  @Test
  void csv_isTheSameAsJson() throws Exception {
    startAfter(MINUTES);
    String question = "/v1/viewers?by=cdn&from=%s&to=%s";
    long now = clock.millis();
    String asked =
        question.formatted(
            Instant.ofEpochMilli(now - 240_000), Instant.ofEpochMilli(now - 100_000));
    HttpResponse<String> csv = send(request(asked + "&format=csv"));
    assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("attachment");
    List<List<String>> lines = lines(csv.body());
    JsonNode rows = ask(asked).path("rows");
    assertThat(lines).hasSize(1 + rows.size());
    assertThat(lines.getFirst()).startsWith("part", "cdn", "viewers", "hitSessions", "views");
    for (int i = 0; i < rows.size(); i++) {
      assertThat(lines.get(i + 1).get(1)).isEqualTo(rows.get(i).at("/values/cdn").asText());
      assertThat(lines.get(i + 1).get(lines.getFirst().indexOf("stalledMillis")))
          .isEqualTo(rows.get(i).at("/sums/stalledMillis").asText());
      assertThat(lines.get(i + 1).get(lines.getFirst().indexOf("latencySeconds")))
          .isEqualTo(rows.get(i).at("/ratios/latencySeconds").asText());
    }
    assertThat(send(request(asked).header("Accept", "text/csv")).body()).isEqualTo(csv.body());
    assertThat(send(request(asked + "&format=xml")).statusCode()).isEqualTo(400);
  }

  @Test
  void csv_ofCurves_hasALineForEachTimeAndRow() throws Exception {
    startAfter(MINUTES);
    String question = "/v1/viewers/series?by=content&measure=viewers&measure=rebufferingPercent";
    JsonNode series = ask(question);
    List<List<String>> lines = lines(send(request(question + "&format=csv")).body());

    assertThat(lines.getFirst())
        .containsExactly("time", "content", "viewers", "rebufferingPercent");
    assertThat(lines.size() - 1)
        .isBetween(2 * (series.path("times").size() - 1), 2 * (series.path("times").size() + 1));
    assertThat(Instant.parse(lines.get(1).getFirst()).getEpochSecond())
        .isGreaterThanOrEqualTo(series.at("/times/0").asLong());
    assertThat(new TreeSet<>(lines.subList(1, lines.size()).stream().map(l -> l.get(1)).toList()))
        .containsExactly("news", "sports");
  }

  /** Of values without commas and quotes. */
  private static List<List<String>> lines(String csv) {
    List<List<String>> lines = new ArrayList<>();
    csv.lines().forEach(line -> lines.add(List.of(line.split(",", -1))));
    return lines;
  }

  @Test
  void definitions_areThoseOfTheMeasures() throws Exception {
    startAfter(MINUTES);
    JsonNode definitions = ask("/v1/viewers/definitions");

    assertThat(definitions.path("measures")).hasSize(Measure.values().length);
    assertThat(definitions.path("ratios")).hasSize(Ratio.values().length);
    JsonNode rebuffering = definitions.path("ratios").get(Ratio.REBUFFERING_PERCENT.ordinal());
    assertThat(rebuffering.path("over").asText()).isEqualTo("stalledMillis");
    assertThat(rebuffering.path("under").asText()).isEqualTo("watchedMillis");
    assertThat(rebuffering.path("times").asDouble()).isEqualTo(100);
    assertThat(definitions.path("groupings").toString())
        .contains("[\"content\",\"cdn\",\"country\"]");
    assertThat(definitions.at("/kept/reportsSeconds").asLong()).isEqualTo(7200);
    assertThat(definitions.at("/kept/reportsBytes").asLong()).isPositive();
    assertThat(definitions.at("/kept/archive/enabled").asBoolean()).isTrue();
    assertThat(definitions.at("/kept/archive/sessionsSeconds").asLong()).isEqualTo(30 * 86_400);
    assertThat(definitions.at("/kept/archive/minutesSeconds").asLong()).isEqualTo(90 * 86_400);
    assertThat(definitions.at("/kept/archive/bytes").isNumber()).isTrue();
    assertThat(definitions.at("/kept/connectors")).isEmpty();
    assertThat(definitions.at("/kept/logs")).isEmpty();
    assertDescribed(definitions, "ViewerDefinitions");
  }
}
