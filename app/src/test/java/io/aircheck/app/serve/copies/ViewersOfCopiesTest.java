package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.serve.copies.RunningCopies.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viewers who report to any of several processes that make one service. */
@Tag("slow")
class ViewersOfCopiesTest {
  private static final int STREAMS = 3;
  private static final int PATIENCE_SECONDS = 60;
  private static final String COPY = "{lease: 3s}";
  private static final int PLAYERS = 6;
  private static final int REPORTS_BEFORE = 600;
  private static final int REPORTS_AFTER = 300;

  /** Longest that nobody may take reports when the copy is killed that has the viewers. */
  private static final long TAKEOVER_MILLIS = 15_000;

  /** Several leases. */
  private static final long AWAY_MILLIS = 9_000;

  @TempDir private Path folder;

  private RunningCopies copies;
  private List<Running> running;

  @BeforeEach
  void start() throws Exception {
    copies = new RunningCopies(folder, STREAMS);
    running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(startCopy());
    }
  }

  @AfterEach
  void stop() throws Exception {
    copies.close();
  }

  private Running startCopy() throws IOException {
    return copies.startWith(
        COPY,
        """
        viewers:
          enabled: true
          folder: %s
          reportsPerSecond: 100000
          unmonitored: {leastViewers: 3, after: 1s}
        """
            .formatted(folder.resolve("shared").resolve("viewers")));
  }

  @Test
  void reports_toAnyCopy_areCountedOnceAndKnownOnAll() throws Exception {
    int sessions = 12;
    long now = System.currentTimeMillis();
    for (int i = 0; i < sessions; i++) {
      for (int n = 0; n < 3; n++) {
        String line = line("v" + i, n, now + n * 1_000L, "s0");
        send(running.get((i + n) % 3), line);
        // A player that has not heard the answer sends it again, to another copy.
        send(running.get((i + n + 1) % 3), line);
      }
    }
    for (Running asked : running) {
      copies.await(
          asked,
          "/v1/viewers/sessions?limit=100",
          PATIENCE_SECONDS,
          all ->
              RunningCopies.count(all, one -> one.at("/sums/reports").asInt() == 3) == sessions
                  && all.path("items").size() == sessions);
      assertThat(copies.get(asked, "/v1/viewers/streams").at("/items/s0").asInt())
          .isEqualTo(sessions);
    }
    assertThat(taken()).isEqualTo(2L * 3 * sessions);
    Running holder = withViewers().orElseThrow();
    Running other = running.stream().filter(one -> !one.equals(holder)).findFirst().orElseThrow();
    HttpResponse<byte[]> file = copies.send(other, "GET", "/v1/viewers/sessions.csv", "");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Disposition")).isPresent();
    assertThat(copies.send(other, "DELETE", "/v1/viewers/sessions/v0", "").statusCode())
        .isEqualTo(204);
    assertThat(copies.send(holder, "GET", "/v1/viewers/sessions/v0", "").statusCode())
        .isEqualTo(404);
    assertThat(copies.send(holder, "POST", "/v1/copies/reports", "what is none").statusCode())
        .isEqualTo(400);
  }

  @Test
  void incident_ofAStreamOfAnyCopy_tellsTheViewersOnAllCopiesAndInNotifications() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable unused = () -> over.set(true)) {
      Future<?> watching = pool.submit(() -> watch(over));
      copies.awaitWatched(running.getFirst(), PATIENCE_SECONDS);
      for (Running asked : running) {
        for (int stream = 0; stream < STREAMS; stream++) {
          copies.await(
              asked,
              "/v1/incidents?stream=s" + stream,
              PATIENCE_SECONDS,
              found -> RunningCopies.count(found, one -> one.path("viewersHit").asInt() == 2) > 0);
        }
        copies.await(
            asked,
            "/v1/incidents?kind=stream.unmonitored&state=open",
            PATIENCE_SECONDS,
            found -> RunningCopies.count(found, one -> one.path("viewersHit").asInt() == 3) == 1);
        copies.await(
            asked,
            "/v1/incidents?order=viewers",
            PATIENCE_SECONDS,
            found ->
                RunningCopies.count(found, one -> one.at("/viewers/viewers").asInt() == 2) > 0);
      }
      awaitTold("viewersWatching", 2);
      awaitTold("viewersHit", 2);
      over.set(true);
      watching.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void copyWithTheViewers_killed_losesNothingThatWasAcknowledged() throws Exception {
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    copies.await(running.getFirst(), "/v1/viewers/definitions", PATIENCE_SECONDS, known -> true);
    Running holder = withViewers().orElseThrow();
    List<Running> left = running.stream().filter(one -> !one.equals(holder)).toList();
    List<Future<Integer>> playing = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable unused = () -> over.set(true)) {
      for (int player = 0; player < PLAYERS; player++) {
        String session = "player-" + player;
        playing.add(pool.submit(() -> play(session, left, acknowledged, over)));
      }
      await(acknowledged, REPORTS_BEFORE);
      holder.process().destroyForcibly().waitFor();
      int before = acknowledged.get();
      long killed = System.nanoTime();
      await(acknowledged, before + PLAYERS + 1);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
      System.out.printf(
          "the copy with the viewers was killed: reports go on after %d ms%n", millis);
      assertThat(millis).isLessThan(TAKEOVER_MILLIS);
      await(acknowledged, before + REPORTS_AFTER);
      over.set(true);
      for (int player = 0; player < PLAYERS; player++) {
        int sent = playing.get(player).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (Running asked : left) {
          copies.await(
              asked,
              "/v1/viewers/sessions/player-" + player,
              PATIENCE_SECONDS,
              one -> one.at("/sums/reports").asInt() == sent && one.at("/sums/lost").asInt() == 0);
        }
      }
    }
    System.out.printf("all of %d acknowledged reports are known%n", acknowledged.get());
  }

  @Test
  void database_awayForLongerThanLeases_keepsWhatWasAcknowledgedAndGoesOn() throws Exception {
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    Running asked = running.getFirst();
    copies.await(asked, "/v1/viewers/definitions", PATIENCE_SECONDS, known -> true);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable unused = () -> over.set(true)) {
      Future<Integer> playing = pool.submit(() -> play("p", running, acknowledged, over));
      await(acknowledged, 100);
      copies.line().cut();
      assertThat(asked.process().waitFor(AWAY_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
      int before = acknowledged.get();
      // Who has the viewers cannot be sure of it any more.
      assertThat(report(asked, line("q", 0, System.currentTimeMillis(), "s0"))).isEqualTo(503);
      copies.line().mend();
      await(acknowledged, before + 100);
      over.set(true);
      int sent = playing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      copies.await(
          asked,
          "/v1/viewers/sessions/p",
          PATIENCE_SECONDS,
          one -> one.at("/sums/reports").asInt() == sent && one.at("/sums/lost").asInt() == 0);
    }
  }

  /** Two watch each stream, three what no stream shows; each tells of it to one copy or another. */
  private void watch(AtomicBoolean over) {
    for (int n = 0; !over.get(); n++) {
      long now = System.currentTimeMillis();
      for (int stream = 0; stream < STREAMS; stream++) {
        for (int viewer = 0; viewer < 2; viewer++) {
          send(
              running.get((n + viewer + stream) % 3),
              line("s%d-%d".formatted(stream, viewer), n, now, "s" + stream));
        }
      }
      for (int viewer = 0; viewer < 3; viewer++) {
        send(running.get((n + viewer) % 3), line("quiz-" + viewer, n, now, "quiz"));
      }
      pause(1_000);
    }
  }

  /** Reports, a second of its clock after the other, each until it is acknowledged; how many. */
  private int play(
      String session, List<Running> to, AtomicInteger acknowledged, AtomicBoolean over) {
    long now = System.currentTimeMillis();
    int n = 0;
    for (; !over.get(); n++) {
      send(to.get(n % to.size()), line(session, n, now + n * 3_000L, "s0"));
      acknowledged.incrementAndGet();
    }
    return n;
  }

  /** Sends until it is acknowledged. */
  private void send(Running to, String line) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (report(to, line) != 204) {
      assertThat(System.nanoTime()).as(copies::log).isLessThan(until);
      pause(50);
    }
  }

  private int report(Running to, String line) {
    try {
      HttpResponse<byte[]> answer = copies.send(to, "POST", "/v1/viewers/reports", line);
      assertThat(answer.statusCode())
          .as(() -> new String(answer.body(), StandardCharsets.UTF_8))
          .isIn(204, 503);
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void pause(long millis) {
    try {
      running.getLast().process().waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void await(AtomicInteger number, int least) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (number.get() < least) {
      assertThat(System.nanoTime()).as(copies::log).isLessThan(until);
      pause(20);
    }
  }

  /** Waits until a notification of an incident says a number. */
  private void awaitTold(String name, int number) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (copies.told.values().stream()
        .map(event -> event.at("/data/incident"))
        .filter(incident -> incident.path("cause").asText().equals("test.dark"))
        .noneMatch(incident -> incident.path(name).asInt() == number)) {
      assertThat(System.nanoTime()).as(() -> copies.told.toString()).isLessThan(until);
      pause(50);
    }
  }

  private static String line(String session, int sequence, long millis, String content) {
    return "{\"session\":\"%s\",\"sequence\":%d,\"time\":%d,\"state\":\"%s\",\"content\":\"%s\"}"
        .formatted(session, sequence, millis, sequence == 0 ? "starting" : "playing", content);
  }

  private Optional<Running> withViewers() throws Exception {
    for (JsonNode copy : copies.get(running.getFirst(), "/v1/copies").path("items")) {
      if (copy.path("viewers").asBoolean()) {
        return running.stream()
            .filter(one -> one.address().equals(copy.path("address").asText()))
            .findFirst();
      }
    }
    return Optional.empty();
  }

  /** Reports that copies say they have taken, all together. */
  private long taken() throws Exception {
    long taken = 0;
    for (Running asked : running) {
      String metrics =
          new String(copies.send(asked, "GET", "/metrics", "").body(), StandardCharsets.UTF_8);
      taken +=
          metrics
              .lines()
              .filter(one -> one.startsWith("aircheck_viewer_reports_taken_total "))
              .mapToLong(one -> Long.parseLong(one.split(" ")[1]))
              .sum();
    }
    return taken;
  }
}
