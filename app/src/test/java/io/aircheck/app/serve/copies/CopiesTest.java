package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.serve.copies.RunningCopies.Running;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that make one service, killed, added and stopped. */
@Tag("slow")
class CopiesTest {
  private static final int STREAMS = 6;
  private static final int PATIENCE_SECONDS = 60;
  private static final String COPY = "{lease: 2s}";

  /** Longest that the streams of a copy that was killed may be watched by nobody. */
  private static final long TAKEOVER_MILLIS = 15_000;

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

  @Test
  void copy_killed_itsStreamsAreTakenOverAndIncidentsAreThoseOfAnUndisturbedService()
      throws Exception {
    Running alone = copies.startAlone();
    Running one = copies.start(COPY);
    Running two = copies.start(COPY);
    Running three = copies.start(COPY);
    copies.awaitWatched(one, PATIENCE_SECONDS);
    copies.await(
        one,
        "/v1/copies",
        PATIENCE_SECONDS,
        all -> RunningCopies.count(all, c -> c.path("shares").size() == 2) == 3);
    long from = System.currentTimeMillis();
    pause(alone, ClockedSources.PERIOD_MILLIS / 3);

    for (Running killed : List.of(leaderOf(List.of(one, two, three)))) {
      killed.process().destroyForcibly().waitFor();
      Running left = killed == one ? two : one;
      long millis =
          copies.await(
              left,
              "/v1/copies",
              PATIENCE_SECONDS,
              all ->
                  RunningCopies.count(all, c -> c.path("alive").asBoolean()) == 2
                      && all.path("items").valueStream()
                              .filter(c -> c.path("alive").asBoolean())
                              .mapToInt(c -> c.path("shares").size())
                              .sum()
                          == STREAMS);
      millis += copies.awaitWatched(left, PATIENCE_SECONDS);
      System.out.printf("taken over after %d ms%n", millis);
      assertThat(millis).isLessThan(TAKEOVER_MILLIS);
    }
    Running left = one.process().isAlive() ? one : two;
    pause(alone, 2 * ClockedSources.PERIOD_MILLIS);

    assertThat(incidents(left, from)).as(copies.log()).isEqualTo(incidents(alone, from));
    assertThat(copies.received.values()).containsOnly(1);
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

  /** Lets the streams go on. */
  private static void pause(Running running, long millis) throws InterruptedException {
    assertThat(running.process().waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
  }

  /** The periods in which darkness was found and ended since a time, by stream. */
  private Map<String, List<Long>> incidents(Running running, long from) throws Exception {
    return copies.get(running, "/v1/incidents?limit=1000").path("items").valueStream()
        .filter(incident -> incident.path("state").asText().equals("closed"))
        .filter(incident -> millis(incident, "opened") > from)
        .collect(
            Collectors.groupingBy(
                incident -> incident.path("stream").asText(),
                TreeMap::new,
                Collectors.mapping(CopiesTest::period, Collectors.toList())));
  }

  private static long period(JsonNode incident) {
    long number = Long.parseLong(incident.path("stream").asText().substring(1));
    return ClockedSources.period(number, millis(incident, "opened"));
  }

  private static long millis(JsonNode incident, String time) {
    return Instant.parse(incident.path(time).asText()).toEpochMilli();
  }
}
