package io.aircheck.app.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.MovingClip;
import io.aircheck.app.serve.RunningService;
import io.aircheck.testkit.SpliceSections;
import io.aircheck.testkit.SplicedTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams with announced breaks, from their media to the incidents of the service. */
@Tag("slow")
class AdBreakTest {
  private static final int SECONDS = 16;
  private static final long SECOND = 90_000;

  /** The picture is black and the sound silent from 5 s to 7.5 s. */
  private static final int BLACK_FROM = 5 * MovingClip.FRAME_RATE;

  private static final int BLACK_TO = 7 * MovingClip.FRAME_RATE + 12;

  private static final String POLICY =
      "{detectors: [video.black, audio.silence, splice.break],"
          + " options: {splice.break: {toleranceSeconds: 2}}}";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void service_blackAtAnAnnouncedSplice_isNoIncident_breakThatGoesOnIs() throws Exception {
    Path plain = folder.resolve("plain.ts");
    MovingClip.write(plain, SECONDS, i -> i >= BLACK_FROM && i < BLACK_TO);
    spliced(plain, "announced.ts", 5, 10);
    spliced(plain, "overrun.ts", 4, 99);

    Map<String, Set<String>> causes = new HashMap<>();
    try (RunningService service = new RunningService(folder, POLICY, "")) {
      Set<String> running = new HashSet<>(Set.of("plain", "announced", "overrun"));
      HttpResponse<InputStream> events =
          client.send(
              HttpRequest.newBuilder(URI.create(service.address() + "/v1/events")).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
        lines.readLine();
        for (String stream : running) {
          add(service, stream);
        }
        while (!running.isEmpty()) {
          // Something has changed; what it was does not matter.
          assertThat(lines.readLine()).isNotNull();
          for (String stream : Set.copyOf(running)) {
            if (get(service, "/v1/streams/" + stream).path("state").asText().equals("ended")) {
              running.remove(stream);
            }
          }
        }
      }
      for (JsonNode incident : get(service, "/v1/incidents").path("items")) {
        causes
            .computeIfAbsent(incident.path("stream").asText(), stream -> new HashSet<>())
            .add(incident.path("cause").asText());
      }
      assertThat(service.faults()).isEmpty();
    }

    assertThat(causes)
        .isEqualTo(
            Map.of(
                "plain", Set.of("video.black", "audio.silence"),
                "overrun", Set.of("splice.break_overrun")));
  }

  /** The clip with a break that begins at 5 s; announced length and end in seconds. */
  private void spliced(Path plain, String name, double announced, double end) throws IOException {
    byte[] stream =
        SplicedTransport.of(
            Files.readAllBytes(plain),
            first ->
                List.of(
                    SpliceSections.out(
                        1, first + 5 * SECOND, Math.round(announced * SECOND), false),
                    SpliceSections.in(1, first + Math.round(end * SECOND))));
    Files.write(folder.resolve(name), stream);
  }

  private void add(RunningService service, String stream) throws Exception {
    String json =
        "{\"id\": \"%s\", \"url\": \"%s\"}".formatted(stream, folder.resolve(stream + ".ts"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(service.address() + "/v1/streams"))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private JsonNode get(RunningService service, String path) throws Exception {
    return new ObjectMapper()
        .readTree(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(service.address() + path)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
  }
}
