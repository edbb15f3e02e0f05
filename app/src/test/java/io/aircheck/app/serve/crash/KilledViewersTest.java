package io.aircheck.app.serve.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aircheck.testkit.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service while players report, and looks for every report that it acknowledged. */
@Tag("slow")
class KilledViewersTest {
  private static final int KILLS = Integer.getInteger("aircheck.kills", 3);
  private static final int PLAYERS = 8;
  private static final int REPORTS_PER_LIFE = 1_500;
  private static final int PATIENCE_SECONDS = 30;
  private static final long LOOK_NANOS = 1_000_000;

  /** Numbers of the reports that were answered with 204, by session. */
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    client.close();
  }

  @Test
  void service_killedWhilePlayersReport_knowsAllThatItAcknowledged() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("aircheck.yaml"),
            "viewers: {enabled: true, reportsPerSecond: 100000}\n");
    for (int kill = 0; kill < KILLS; kill++) {
      String address = start(config);
      AtomicInteger answered = new AtomicInteger();
      List<Future<?>> playing = new ArrayList<>();
      try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int player = 0; player < PLAYERS; player++) {
          String session = "life-" + kill + "-player-" + player;
          playing.add(pool.submit(() -> play(address, session, answered)));
        }
        while (answered.get() < REPORTS_PER_LIFE && playing.stream().noneMatch(Future::isDone)) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
        processes.getLast().destroyForcibly().waitFor();
      }
    }
    String address = start(config);
    int all = 0;
    for (Map.Entry<String, Integer> one : acknowledged.entrySet()) {
      JsonNode session = known(address, one.getKey(), one.getValue());
      // One more may be known: it was written, and its answer was lost.
      assertThat(session.at("/sums/reports").asInt())
          .as(one.getKey())
          .isBetween(one.getValue(), one.getValue() + 1);
      assertThat(session.at("/sums/lost").asInt()).isZero();
      all += one.getValue();
    }
    assertThat(all).isGreaterThanOrEqualTo(KILLS * REPORTS_PER_LIFE);
    assertThat(acknowledged).hasSize(KILLS * PLAYERS);
    System.out.printf("%d kills: all of %d acknowledged reports are known%n", KILLS, all);
  }

  /** Reports, a second of its clock after the other, until nobody answers. */
  private void play(String address, String session, AtomicInteger answered) {
    long now = System.currentTimeMillis();
    try {
      for (int i = 0; true; i++) {
        String body =
            "{\"session\":\"%s\",\"sequence\":%d,\"time\":%d,\"state\":\"%s\",\"content\":\"c\"}"
                .formatted(session, i, now + i * 3_000L, i == 0 ? "starting" : "playing");
        HttpResponse<Void> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(address + "/v1/viewers/reports"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != 204) {
          throw new IllegalStateException("answered " + answer.statusCode());
        }
        acknowledged.merge(session, 1, Integer::sum);
        answered.incrementAndGet();
      }
    } catch (IOException e) {
      return; // killed, as it was to be
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String start(Path config) throws IOException {
    Process process =
        new ProcessBuilder(
                JvmCommand.of(
                    List.of("-Xmx300m"),
                    KillableService.class,
                    List.of(config.toString(), folder.resolve("data").toString(), "false")))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    processes.add(process);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return "http://127.0.0.1:" + Integer.parseInt(String.valueOf(out.readLine()));
  }

  /** A session, once its last reports have waited for earlier ones for as long as they do. */
  private JsonNode known(String address, String session, int reports) throws Exception {
    Instant end = Instant.now().plusSeconds(PATIENCE_SECONDS);
    JsonNode known = get(address, session);
    while (known.at("/sums/reports").asInt() < reports && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(LOOK_NANOS);
      known = get(address, session);
    }
    return known;
  }

  /** A session; nothing while the service has not read its reports again. */
  private JsonNode get(String address, String session) throws Exception {
    URI uri = URI.create(address + "/v1/viewers/sessions/" + session);
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 404) {
      return MissingNode.getInstance();
    }
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
