package io.aircheck.app.serve.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.testkit.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service at random moments while incidents open and close, and looks at what it still
 * knows. {@code -Daircheck.kills=100} is the campaign of the benchmarks.
 */
@Tag("slow")
class KilledServiceTest {
  private static final int KILLS = Integer.getInteger("aircheck.kills", 5);
  private static final int STREAMS = 8;
  private static final int LONGEST_LIFE_MILLIS = 2_500;
  private static final int PATIENCE_SECONDS = 120;

  /** Every so many answers of the receiver is a refusal, so that retries are cut off, too. */
  private static final int REFUSED = 7;

  private final Map<String, Integer> received = new ConcurrentHashMap<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final List<Process> processes = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void service_killedWhileIncidentsOpenAndClose_losesAndRepeatsNothing() throws Exception {
    HttpServer receiver = receiver();
    Path config = configure(receiver.getAddress().getPort());
    Random random = new Random();
    for (int kill = 0; kill < KILLS; kill++) {
      Running running = start(config, true);
      running.process().waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
      running.process().destroyForcibly().waitFor();
    }
    Running last = start(config, false);
    awaitQuiet(last);

    Set<String> keys = checkNotifications(last);
    int incidents = checkIncidents(last);
    int evidence = checkEvidence(last);

    System.out.printf(
        "%d kills: %d incidents, %d notifications received %d times, %d pieces of evidence%n",
        KILLS,
        incidents,
        keys.size(),
        received.values().stream().mapToInt(Integer::intValue).sum(),
        evidence);
    last.process().destroyForcibly().waitFor();
    receiver.stop(0);
  }

  private HttpServer receiver() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          JsonNode event = mapper.readTree(exchange.getRequestBody());
          boolean taken = answers.incrementAndGet() % REFUSED != 0;
          if (taken) {
            received.merge(event.path("id").asText(), 1, Integer::sum);
          }
          exchange.sendResponseHeaders(taken ? 202 : 503, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private Path configure(int port) throws IOException {
    String streams =
        IntStream.range(0, STREAMS)
            .mapToObj(i -> "  - {id: s%d, url: \"http://127.0.0.1/s%d\"}\n".formatted(i, i))
            .collect(Collectors.joining());
    return Files.writeString(
        folder.resolve("aircheck.yaml"),
        """
        policies:
          default: {recovery: 300ms}
        channels:
          hook: {type: webhook, url: "http://127.0.0.1:%d/"}
        routes:
          - {channels: [hook]}
        streams:
        %s\
        """
            .formatted(port, streams));
  }

  private record Running(Process process, String address) {}

  private Running start(Path config, boolean flickers) throws IOException {
    Process process =
        new ProcessBuilder(
                JvmCommand.of(
                    List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                    KillableService.class,
                    List.of(
                        config.toString(),
                        folder.resolve("data").toString(),
                        Boolean.toString(flickers))))
            .redirectError(folder.resolve("stderr-" + processes.size()).toFile())
            .start();
    processes.add(process);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String port = out.readLine();
    assertThat(port)
        .as("the service starts after %d kills: %s", processes.size() - 1, lastError())
        .isNotNull();
    return new Running(process, "http://127.0.0.1:" + port);
  }

  private String lastError() throws IOException {
    Path file = folder.resolve("stderr-" + (processes.size() - 1));
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private JsonNode get(Running running, String path) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(running.address() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return mapper.readTree(response.body());
  }

  private List<JsonNode> all(Running running, String path) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = get(running, path + (path.contains("?") ? "&" : "?") + "limit=1000" + next);
      page.path("items").forEach(items::add);
      next = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!next.isEmpty());
    return items;
  }

  /** Until what was open has closed, and everybody was told. */
  private void awaitQuiet(Running running) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    boolean quiet = false;
    while (!quiet) {
      assertThat(System.nanoTime()).as("everything is told in time").isLessThan(deadline);
      quiet =
          get(running, "/v1/incidents?state=open&state=recovering").path("items").isEmpty()
              && get(running, "/v1/notifications?status=pending").path("items").isEmpty();
      running.process().waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  /** Each is there once, was delivered, and nothing was received that is not there. */
  private Set<String> checkNotifications(Running running) throws Exception {
    Set<String> keys = new HashSet<>();
    for (JsonNode notification : all(running, "/v1/notifications")) {
      String key = notification.path("id").asText();
      assertThat(keys.add(key)).as("%s is there once", key).isTrue();
      assertThat(notification.path("status").asText()).as(key).isEqualTo("delivered");
    }
    assertThat(received.keySet()).isEqualTo(keys);
    return keys;
  }

  /**
   * Each opened once and closed once, was told so once, and none overlaps another of its stream.
   */
  private int checkIncidents(Running running) throws Exception {
    Set<String> ids = new HashSet<>();
    Map<String, String> laterOpening = new HashMap<>();
    List<JsonNode> latestFirst = all(running, "/v1/incidents");
    for (JsonNode incident : latestFirst) {
      String id = incident.path("id").asText();
      assertThat(ids.add(id)).as("%s is there once", id).isTrue();
      JsonNode details = get(running, "/v1/incidents/" + id);
      List<String> told = new ArrayList<>();
      details.path("notifications").forEach(n -> told.add(n.path("event").asText()));
      assertThat(told).as(id).containsExactlyInAnyOrder("opened", "closed");
      String opened = only(details, "opened");
      String closed = only(details, "closed");
      String later = laterOpening.put(incident.path("stream").asText(), opened);
      assertThat(closed).as(id).isGreaterThanOrEqualTo(opened);
      if (later != null) {
        assertThat(closed).as(id).isLessThanOrEqualTo(later);
      }
    }
    return latestFirst.size();
  }

  /** When the only change of a type happened. */
  private static String only(JsonNode details, String type) {
    List<String> times = new ArrayList<>();
    for (JsonNode change : details.path("history")) {
      if (change.path("type").asText().equals(type)) {
        times.add(change.path("at").asText());
      }
    }
    assertThat(times).as("%s of %s", type, details.path("id").asText()).hasSize(1);
    return times.getFirst();
  }

  /** What is listed can be read whole. */
  private int checkEvidence(Running running) throws Exception {
    int pieces = 0;
    for (JsonNode incident : all(running, "/v1/incidents")) {
      String id = incident.path("id").asText();
      for (JsonNode item : get(running, "/v1/incidents/" + id).path("evidence")) {
        String path = "/v1/incidents/" + id + "/evidence/" + item.path("name").asText();
        HttpResponse<byte[]> response =
            client.send(
                HttpRequest.newBuilder(URI.create(running.address() + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.body().length).as(path).isEqualTo(item.path("bytes").asInt());
        if (path.endsWith(".jpg")) {
          assertThat(response.body()).startsWith(0xff, 0xd8);
        } else {
          mapper.readTree(response.body());
        }
        pieces++;
      }
    }
    return pieces;
  }
}
