package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.testkit.MmdbFile;
import io.aircheck.testkit.WaitingTest;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Viewers whose addresses a proxy tells, in a database of made-up networks. */
@Tag("slow")
class LocatedViewersTest extends ViewerFixture {
  private static final String SWEDE = "198.51.100.77";
  private static final String GERMAN = "2001:db8:4d4d::4d4d";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64) Made/77.77";

  private Path database = Path.of("places.mmdb");

  @BeforeEach
  void writeDatabase() throws Exception {
    database = folder.resolve("places.mmdb");
    places().write(database);
    viewers =
        """
        {"enabled": true, "addressHeader": "X-Forwarded-For", "countryHeader": "X-Country",
         "locations": ["%s"], "dimensions": ["network", "region"]}\
        """
            .formatted(database);
  }

  private static MmdbFile places() {
    return MmdbFile.of("Places")
        .with(
            "198.51.100.0/24",
            Map.of(
                "country", Map.of("iso_code", "SE"),
                "subdivisions", List.of(Map.of("iso_code", "M")),
                "autonomous_system_number", 64_500L))
        .with("2001:db8:4d4d::/48", Map.of("country", "DE", "asn", "AS64501"));
  }

  /** One player behind the proxy tells what it does now. */
  private int report(String session, String address, String state) throws Exception {
    return send(request("/v1/viewers/reports")
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", "203.0.113.9, " + address)
            .header("User-Agent", AGENT)
            .POST(body(line(session, state, "channel-1", "north"))))
        .statusCode();
  }

  private static List<String> values(JsonNode answer, String dimension) {
    List<String> values = new ArrayList<>();
    answer.path("rows").forEach(row -> values.add(row.at("/values/" + dimension).asText()));
    return values;
  }

  @Test
  void address_isKnownByItsPlace() throws Exception {
    start(List.of());
    assertThat(report("s1", SWEDE, "playing")).isEqualTo(204);
    assertThat(report("s2", GERMAN, "playing")).isEqualTo(204);
    assertThat(report("s3", "10.1.2.3", "playing")).isEqualTo(204);
    clock.advance(Duration.ofSeconds(15));

    String whole = "/v1/viewers?by=";
    JsonNode countries = await(whole + "country", json -> json.path("rows").size() == 3);
    assertThat(values(countries, "country")).containsExactlyInAnyOrder("SE", "DE", "");
    assertThat(values(json(send(request(whole + "network"))), "network"))
        .containsExactlyInAnyOrder("AS64500", "AS64501", "");
    assertThat(values(json(send(request(whole + "region"))), "region"))
        .containsExactlyInAnyOrder("SE-M", "");
    assertThat(attributes("s1"))
        .contains("\"country\":\"SE\"", "\"network\":\"AS64500\"", "\"region\":\"SE-M\"");
  }

  @Test
  void countryThatTheProxyTells_goesBeforeThatOfTheDatabase() throws Exception {
    start(List.of());
    send(
        request("/v1/viewers/reports")
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", SWEDE)
            .header("X-Country", "no")
            .POST(body(line("s1", "playing", "channel-1", "north"))));

    clock.advance(Duration.ofSeconds(15));

    assertThat(attributes("s1"))
        .contains("\"country\":\"NO\"", "\"network\":\"AS64500\"")
        .doesNotContain("region");
  }

  private String attributes(String session) throws Exception {
    return await(
            "/v1/viewers/sessions/" + session, json -> json.at("/attributes/network").isTextual())
        .path("attributes")
        .toString();
  }

  @Test
  void databaseThatIsDamaged_isToldAndReportsAreTaken() throws Exception {
    byte[] bytes = places().bytes();
    int record = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("AS64501") - 1;
    bytes[record] = (byte) 0xFF;
    Files.write(database, bytes);
    start(List.of());
    String fine = "aircheck_viewer_locations_ok{file=\"places.mmdb\"} ";
    assertThat(send(request("/metrics")).body()).contains(fine + 1);

    assertThat(report("s2", GERMAN, "playing")).isEqualTo(204);

    assertThat(send(request("/metrics")).body()).contains(fine + 0);
    assertThat(send(request("/ready")).statusCode()).isEqualTo(200);
    JsonNode definitions = json(send(request("/v1/viewers/definitions")));
    JsonNode location = definitions.at("/kept/locations/0");
    assertThat(location.path("file").asText()).isEqualTo("places.mmdb");
    assertThat(Instant.parse(location.path("madeAt").asText())).isBefore(Instant.now());
    assertThat(location.path("problem").asText()).endsWith("is damaged in places; fetch it again");
    assertThat(definitions.at("/kept/region").asBoolean()).isTrue();
    ServiceApiTest.assertDescribed(definitions, schemas(), "ViewerDefinitions");
  }

  /** Two viewers, whose sessions are looked at in every way and archived. */
  @WaitingTest
  void address_isNowhereAfterwards() throws Exception {
    start(List.of());
    Instant from = clock.instant();
    for (String state : List.of("starting", "playing", "failed")) {
      report("s1", SWEDE, state);
      report("s2", GERMAN, state);
      clock.advance(Duration.ofSeconds(5));
    }
    List<String> answers = new ArrayList<>();
    for (String path :
        List.of(
            "/v1/viewers?by=country",
            "/v1/viewers/series?by=network&measure=views",
            "/v1/viewers/sessions",
            "/v1/viewers/sessions/s1",
            "/v1/viewers/sessions/s2",
            "/v1/viewers/sessions/s2/timeline",
            "/v1/viewers/definitions",
            "/metrics")) {
      HttpResponse<String> answer = send(request(path));
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      answers.add(answer.body());
    }
    clock.advance(Duration.ofHours(3));
    String rows =
        "/v1/viewers/sessions.csv?from=%s&to=%s"
            .formatted(time(from.minusSeconds(7200)), time(from.plusSeconds(7200)));
    String archived = awaitText(rows, "AS64501");
    assertThat(archived).contains("SE", "DE", "AS64500", "SE-M");
    answers.add(archived);
    Map<Path, String> files = awaitArchived();

    for (String address : List.of(SWEDE, GERMAN)) {
      assertThat(answers).noneMatch(answer -> answer.contains(address));
      assertThat(logged).noneMatch(line -> line.contains(address));
      byte[] binary = InetAddress.ofLiteral(address).getAddress();
      files.forEach(
          (file, bytes) -> {
            assertThat(bytes.contains(address)).as(address + " in " + file).isFalse();
            assertThat(bytes.contains(new String(binary, StandardCharsets.ISO_8859_1)))
                .as(address + " in four or sixteen bytes in " + file)
                .isFalse();
            assertThat(bytes.contains(AGENT)).as("User-Agent in " + file).isFalse();
          });
    }
    assertThat(files.keySet()).anyMatch(file -> file.startsWith(folder.resolve("viewers")));
  }

  /** Everything that the service has written, once the archive is part of it. */
  private Map<Path, String> awaitArchived() throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    Map<Path, String> files = written();
    while (files.keySet().stream()
        .noneMatch(file -> file.toString().matches(".*sessions.*[.]parquet"))) {
      assertThat(Instant.now()).as("files of the archive").isBefore(end);
      send(request("/health"));
      files = written();
    }
    files.remove(database);
    return files;
  }

  private static String time(Instant instant) {
    return URLEncoder.encode(instant.toString(), StandardCharsets.UTF_8);
  }

  private String awaitText(String path, String part) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    String answer = send(request(path)).body();
    while (!answer.contains(part) && Instant.now().isBefore(end)) {
      answer = send(request(path)).body();
    }
    return answer;
  }
}
