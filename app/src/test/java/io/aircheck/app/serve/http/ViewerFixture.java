package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The service with viewers that report, at times that the test says. */
abstract class ViewerFixture extends ApiFixture {
  private static final String FINE = "http://127.0.0.1/fine.m3u8";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = 20_000_000;

  /** Starts at the time of the machine, since that is what monitored streams are seen by. */
  final FakeClock clock = new FakeClock();

  String viewers = "{\"enabled\": true}";

  ViewerFixture() {
    clock.advance(Duration.between(Instant.EPOCH, Instant.now()));
  }

  @Override
  InstantSource clock() {
    return clock;
  }

  @Override
  ViewerSettings viewers() {
    try {
      return SettingsReader.read(json(viewers), ViewerSettings.class);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A stream on which nothing is wrong. */
  final void addFine(String id, String labels) {
    sources.on(FINE, () -> FakeSource.of(true).picture(0, 200).waits());
    addStream(id, FINE, labels);
  }

  /** A stream whose picture is dark. */
  final void addDark(String id, String labels) {
    addStream(id, DARK, labels);
  }

  /** A stream from an address that the test has put media at. */
  final void addStream(String id, String url, String labels) {
    String stream =
        "{\"id\": \"%s\", \"url\": \"%s\", \"labels\": {%s}}".formatted(id, url, labels);
    try {
      assertThat(send(request("/v1/streams").POST(body(stream))).statusCode()).isEqualTo(201);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Time passes until a moment that is still to come. */
  final void at(long millis) {
    Duration left = Duration.between(clock.instant(), Instant.ofEpochMilli(millis));
    assertThat(left).isGreaterThanOrEqualTo(Duration.ZERO);
    clock.advance(left);
  }

  /** One player tells what it does now. */
  final void report(String session, String state, String content, String cdn) throws Exception {
    post(line(session, state, content, cdn));
  }

  /** What one player tells of now. */
  final String line(String session, String state, String content, String cdn) {
    return "{\"session\":\"%s\",\"time\":%d,\"state\":\"%s\",\"content\":\"%s\",\"attributes\":{\"cdn\":\"%s\"}}\n"
        .formatted(session, clock.millis(), state, content, cdn);
  }

  final void post(String lines) throws Exception {
    assertThat(
            send(request("/v1/viewers/reports")
                    .header("Content-Type", "application/json")
                    .POST(body(lines)))
                .statusCode())
        .isEqualTo(204);
  }

  /** Asks now and then until an answer is as wished: the service looks at the clock by itself. */
  final JsonNode await(String path, Predicate<JsonNode> wished) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    JsonNode answer = json(send(request(path)));
    while (!wished.test(answer) && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(LOOK_NANOS);
      answer = json(send(request(path)));
    }
    assertThat(wished.test(answer)).as(answer.toString()).isTrue();
    return answer;
  }

  /** The bytes of all files under the folder, as characters; at work, the service moves some. */
  final Map<Path, String> written() throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try (Stream<Path> files = Files.walk(folder)) {
        Map<Path, String> written = new HashMap<>();
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          written.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return written;
      } catch (NoSuchFileException | UncheckedIOException e) {
        // It was moved or removed after it was listed.
        assertThat(Instant.now()).as(e.toString()).isBefore(end);
      }
    }
  }

  final JsonNode schemas() throws Exception {
    return new ObjectMapper(new YAMLFactory())
        .readTree(send(request("/openapi.yaml")).body())
        .at("/components/schemas");
  }

  static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  static String encoded(JsonNode incident) {
    return URLEncoder.encode(incident.path("id").asText(), StandardCharsets.UTF_8);
  }
}
