package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.TestRoutes;
import io.aircheck.app.serve.settings.ChannelDeclaration;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.settings.TokenSettings;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.picture.PictureAnalyzers;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskClock;
import io.aircheck.storage.files.DiskEvidence;
import io.aircheck.testkit.DarkDetector;
import io.aircheck.testkit.FakeNotifier;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The service with scripted media and a scripted channel, and requests to it. */
abstract class ApiFixture {
  static final String DARK = "http://127.0.0.1/dark.m3u8";

  @TempDir Path folder;

  final MemoryStore store = new MemoryStore();
  final FakeSources sources = new FakeSources();
  final FakeNotifier notifier = new FakeNotifier();
  final Meter meter = new Meter();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  final List<String> logged = new CopyOnWriteArrayList<>();
  final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // Every test starts them first.
  Service service;

  @SuppressWarnings("NullAway.Init")
  HttpServer server;

  /** How reports of viewers are collected; not at all unless a test says so. */
  ViewerSettings viewers() {
    return ViewerSettings.DEFAULT;
  }

  /**
   * Where evidence is kept.
   *
   * @param used told what that uses
   */
  EvidenceStore evidence(Meter used) throws IOException {
    return new DiskEvidence(folder.resolve("evidence"), 1_000_000);
  }

  /** What the service takes for the time of day. */
  InstantSource clock() {
    return InstantSource.system();
  }

  void start(List<TokenSettings> tokens) throws Exception {
    sources.on(
        DARK,
        () ->
            FakeSource.of(true)
                .picture(0, 0)
                .picture(40_000, 0)
                .picture(80_000, 0)
                .picture(120_000, 0)
                .waits());
    ServiceSettings plain = ServiceSettings.DEFAULT;
    ServiceSettings settings =
        new ServiceSettings(
            plain.server(),
            plain.data(),
            plain.store(),
            plain.history(),
            plain.evidence(),
            tokens,
            plain.outbound(),
            plain.policies(),
            plain.grouping(),
            plain.isolation(),
            plain.capacity(),
            plain.prices(),
            Optional.empty(),
            viewers(),
            List.of(),
            List.of(),
            Map.of("hook", new ChannelDeclaration("fake", Map.of())),
            List.of(TestRoutes.route("hook", Map.of(), false)));
    service =
        new Service(
            settings,
            new ServiceSurroundings(
                new DetectorCatalog(List.of(DarkDetector.FACTORY)),
                List.of(),
                new StreamTask.Surroundings(
                    sources,
                    PictureAnalyzers.installed(),
                    SoundAnalyzers.installed(),
                    TaskClock.SYSTEM,
                    new Random(7)),
                new NotifierCatalog(List.of(notifier.factory())),
                store,
                evidence(meter),
                meter,
                folder.resolve("work"),
                folder.resolve("checks"),
                Map.of(),
                clock(),
                logged::add));
    server = new HttpServer(service, "127.0.0.1", 0, faults::add);
  }

  @AfterEach
  void stop() {
    server.close();
    service.close();
    client.close();
    assertThat(faults).isEmpty();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static HttpRequest.BodyPublisher body(String json) {
    return HttpRequest.BodyPublishers.ofString(json);
  }

  static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  /** Listens for events until one of a name comes; the data of that one. */
  JsonNode awaitEvent(String name, Runnable cause) throws Exception {
    return awaitEvent(name, cause, data -> true);
  }

  JsonNode awaitEvent(String name, Runnable cause, Predicate<JsonNode> wanted) throws Exception {
    HttpResponse<InputStream> response =
        client.send(request("/v1/events").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("retry:");
      cause.run();
      while (true) {
        String line = lines.readLine();
        if (("event: " + name).equals(line)) {
          JsonNode data =
              new ObjectMapper().readTree(lines.readLine().substring("data: ".length()));
          if (wanted.test(data)) {
            return data;
          }
        }
      }
    }
  }

  void addDark() {
    try {
      assertThat(
              send(request("/v1/streams").POST(body("{\"url\": \"" + DARK + "\"}"))).statusCode())
          .isEqualTo(201);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
