package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.serve.copies.RunningCopies.Running;
import io.aircheck.testkit.WaitingTest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes that make one service, killed, added and stopped. Each test has a database of
 * its own and waits for most of its time, so they do that at the same time.
 */
@Tag("slow")
class CopiesTest {
  private static final int STREAMS = 6;
  private static final int PATIENCE_SECONDS = 60;
  private static final String COPY = "{lease: 3s}";

  /** Longest that the streams of a copy that was killed may be watched by nobody. */
  private static final long TAKEOVER_MILLIS = 15_000;

  /** Longest that a stream may be watched by nobody while it moves from copy to copy. */
  private static final long GAP_SECONDS = 5;

  /** By then darkness is over, and its incident has closed everywhere. */
  private static final long SETTLED_MILLIS = ClockedSources.DARK_MILLIS + 10_000;

  /** From one disturbance to the next. */
  private static final long CALM_MILLIS = 24_000;

  /** Several leases. */
  private static final long AWAY_MILLIS = 12_000;

  @TempDir private Path folder;

  private RunningCopies copies;

  @BeforeEach
  void startDatabase() throws Exception {
    copies = new RunningCopies(folder, STREAMS);
  }

  @AfterEach
  void stop() throws Exception {
    copies.close();
  }

  @WaitingTest
  void copies_killedAddedAndStopped_haveTheIncidentsOfAnUndisturbedService() throws Exception {
    Running alone = copies.startAlone();
    Running one = copies.start(COPY);
    Running two = copies.start(COPY);
    Running three = copies.start(COPY);
    awaitShares(one, 2, 2, 2);
    long from = System.currentTimeMillis();
    pause(alone, ClockedSources.PERIOD_MILLIS / 3);

    Running leader = leaderOf(List.of(one, two, three));
    // What is on its way when its sender is killed comes again, under the same key.
    copies.await(
        leader,
        "/v1/notifications?status=pending",
        PATIENCE_SECONDS,
        pending -> pending.path("items").isEmpty());
    leader.process().destroyForcibly().waitFor();
    Running left = leader == one ? two : one;
    long millis = awaitShares(left, 3, 3);
    System.out.printf("the leader was killed: taken over after %d ms%n", millis);
    assertThat(millis).isLessThan(TAKEOVER_MILLIS);
    pause(alone, CALM_MILLIS);

    long calm = System.currentTimeMillis();
    Running added = copies.start(COPY);
    awaitShares(left, 2, 2, 2);
    pause(alone, CALM_MILLIS);

    left.process().getOutputStream().write('\n');
    left.process().getOutputStream().flush();
    awaitShares(added, 3, 3);
    assertThat(left.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    pause(alone, 2 * CALM_MILLIS);

    long until = System.currentTimeMillis() - SETTLED_MILLIS;
    Map<String, List<Long>> expected = incidents(alone, from, until);
    assertThat(expected).hasSize(STREAMS);
    assertThat(incidents(added, from, until)).as(copies.log()).isEqualTo(expected);
    // What the leader had sent when it was killed, but not yet noted as sent, comes again.
    assertThat(copies.received.values()).allMatch(times -> times <= 2);
    assertThat(copies.received.values())
        .filteredOn(times -> times == 2)
        .hasSizeLessThanOrEqualTo(2);
    // A machine that has no time for anybody has none for the undisturbed service, either.
    long gap = longestGapSeconds(added, calm);
    long undisturbed = longestGapSeconds(alone, calm);
    System.out.printf(
        "a copy was added and one was stopped: longest gap %d s, of the undisturbed service %d s%n",
        gap, undisturbed);
    assertThat(gap).isLessThanOrEqualTo(GAP_SECONDS + undisturbed);
  }

  @WaitingTest
  void database_awayForLongerThanLeases_disturbsNothing() throws Exception {
    Running alone = copies.startAlone();
    Running one = copies.start(COPY);
    Running two = copies.start(COPY);
    awaitShares(one, 3, 3);
    Map<String, Set<String>> before = copies.shares(one);
    long from = System.currentTimeMillis();
    pause(alone, ClockedSources.PERIOD_MILLIS / 3);

    copies.line().cut();
    assertThat(copies.send(one, "GET", "/ready", "").statusCode()).isIn(200, 503);
    pause(alone, AWAY_MILLIS);
    assertThat(copies.send(one, "GET", "/ready", "").statusCode()).isEqualTo(503);
    copies.line().mend();

    copies.await(two, "/ready", PATIENCE_SECONDS, ready -> true);
    awaitShares(one, 3, 3);
    assertThat(copies.shares(one)).isEqualTo(before);
    pause(alone, 2 * CALM_MILLIS);

    long until = System.currentTimeMillis() - SETTLED_MILLIS;
    Map<String, List<Long>> expected = incidents(alone, from, until);
    assertThat(expected).hasSize(STREAMS);
    assertThat(incidents(two, from, until)).as(copies.log()).isEqualTo(expected);
    // Those on their way when the database went away may come again, under the same key.
    assertThat(copies.received.values()).allMatch(times -> times <= 2);
    assertThat(copies.received.values()).filteredOn(times -> times == 2).hasSizeLessThan(STREAMS);
  }

  @WaitingTest
  void apiCopy_withAWorker_answersForTheWholeService() throws Exception {
    Running api = copies.start("{lease: 3s, role: api}");
    copies.await(
        api,
        "/v1/streams",
        PATIENCE_SECONDS,
        all ->
            RunningCopies.count(all, s -> s.path("state").asText().equals("waiting")) == STREAMS);
    Running worker = copies.start("{lease: 3s, role: worker}");
    copies.awaitWatched(api, PATIENCE_SECONDS);

    assertThat(awaitPicture(api, "/v1/streams/s0/thumbnail")).startsWith(0xff, 0xd8);
    copies.await(
        api, "/v1/streams/s0/series", PATIENCE_SECONDS, series -> !series.path("items").isEmpty());
    assertThat(copies.send(api, "POST", "/v1/streams/s0/restart", "").statusCode()).isEqualTo(200);

    HttpResponse<byte[]> added =
        copies.send(
            api, "POST", "/v1/streams", "{\"id\": \"s9\", \"url\": \"http://127.0.0.1/s9\"}");
    assertThat(added.statusCode()).isEqualTo(201);
    copies.await(
        worker,
        "/v1/streams/s9",
        PATIENCE_SECONDS,
        s -> s.path("state").asText().equals("watching"));

    copies.await(
        api, "/v1/incidents?state=open", PATIENCE_SECONDS, open -> !open.path("items").isEmpty());
    String id = copies.get(api, "/v1/incidents").path("items").path(0).path("id").asText();
    assertThat(
            copies
                .send(
                    api,
                    "POST",
                    "/v1/incidents/" + id + "/actions",
                    "{\"action\": \"acknowledge\"}")
                .statusCode())
        .isEqualTo(200);
    copies.await(worker, "/v1/incidents/" + id, PATIENCE_SECONDS, i -> i.has("acknowledgement"));
    // What the worker uses is known here, too.
    copies.await(
        api, "/v1/streams/s0", PATIENCE_SECONDS, s -> s.path("cost").path("cores").asDouble() > 0);
    copies.await(
        api,
        "/v1/cost",
        PATIENCE_SECONDS,
        c -> c.path("streamHours").asDouble() > 0 && c.has("cost"));

    assertThat(copies.send(api, "DELETE", "/v1/streams/s9", "").statusCode()).isEqualTo(204);
    copies.await(
        worker,
        "/v1/incidents?stream=s9&state=open&state=recovering",
        PATIENCE_SECONDS,
        left -> left.path("items").isEmpty());
  }

  /** The first still of a stream comes somewhat later than its first picture. */
  private byte[] awaitPicture(Running asked, String path) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    HttpResponse<byte[]> answer = copies.send(asked, "GET", path, "");
    while (answer.statusCode() != 200) {
      assertThat(System.nanoTime()).as(copies::log).isLessThan(until);
      pause(asked, 50);
      answer = copies.send(asked, "GET", path, "");
    }
    return answer.body();
  }

  /** Waits until copies that are alive have so many shares, all of which are watched. */
  private long awaitShares(Running asked, int... shares) throws Exception {
    List<Long> wanted = Arrays.stream(shares).asLongStream().boxed().toList();
    long start = System.nanoTime();
    copies.await(
        asked,
        "/v1/copies",
        PATIENCE_SECONDS,
        all ->
            all.path("items")
                .valueStream()
                .filter(copy -> copy.path("alive").asBoolean())
                .filter(copy -> !copy.path("draining").asBoolean())
                .map(copy -> (long) copy.path("shares").size())
                .sorted()
                .toList()
                .equals(wanted));
    copies.awaitWatched(asked, PATIENCE_SECONDS);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private Running leaderOf(List<Running> all) throws Exception {
    for (JsonNode copy : copies.get(all.getFirst(), "/v1/copies").path("items")) {
      if (copy.path("leads").asBoolean()) {
        return all.stream()
            .filter(running -> running.address().equals(copy.path("address").asText()))
            .findFirst()
            .orElseThrow();
      }
    }
    throw new AssertionError("nobody leads");
  }

  /** Longest time for which a stream was not looked at, since a time until half a minute ago. */
  private long longestGapSeconds(Running running, long fromMillis) throws Exception {
    Instant from = Instant.ofEpochMilli(fromMillis);
    Instant to = Instant.now().minusSeconds(35);
    String range = "from=%s&to=%s".formatted(from, to);
    long longest = 0;
    for (int i = 0; i < STREAMS; i++) {
      String stream = "/v1/streams/s" + i;
      JsonNode curve = copies.get(running, stream + "/series?" + range).path("items").path(0);
      JsonNode values =
          copies.get(
              running,
              "%s/metrics?step=1&metric=%s&track=%s&%s"
                  .formatted(
                      stream, curve.path("metric").asText(), curve.path("track").asText(), range));
      long before = from.getEpochSecond();
      for (JsonNode second : values.path("times")) {
        longest = Math.max(longest, second.asLong() - before - 1);
        before = second.asLong();
      }
      longest = Math.max(longest, to.getEpochSecond() - before - 1);
    }
    return longest;
  }

  /** Lets the streams go on. */
  private static void pause(Running running, long millis) throws InterruptedException {
    assertThat(running.process().waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
  }

  /** The periods that began within a time and in which darkness was found and ended, by stream. */
  private Map<String, List<Long>> incidents(Running running, long from, long until)
      throws Exception {
    return copies
        .get(running, "/v1/incidents?limit=1000")
        .path("items")
        .valueStream()
        .filter(incident -> incident.path("state").asText().equals("closed"))
        .filter(incident -> beginMillis(incident) > from && beginMillis(incident) < until)
        .collect(
            Collectors.groupingBy(
                incident -> incident.path("stream").asText(),
                TreeMap::new,
                Collectors.mapping(CopiesTest::period, Collectors.toList())));
  }

  private static long number(JsonNode incident) {
    return Long.parseLong(incident.path("stream").asText().substring(1));
  }

  private static long period(JsonNode incident) {
    return ClockedSources.period(number(incident), millis(incident, "opened"));
  }

  /** When the darkness began that an incident is about. */
  private static long beginMillis(JsonNode incident) {
    return ClockedSources.beginMillis(number(incident), period(incident));
  }

  private static long millis(JsonNode incident, String time) {
    return Instant.parse(incident.path(time).asText()).toEpochMilli();
  }
}
