package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.serve.copies.RunningCopies.Running;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of which each runs a part of the detectors, on streams with ad breaks. */
@Tag("slow")
class DividedStreamsTest {
  private static final int STREAMS = 2;
  private static final int PATIENCE_SECONDS = 60;
  private static final String STREAM = "labels: {region: eu}";
  private static final String WORKER =
      "{lease: 3s, role: worker, labels: {region: eu}, detectors: [%s]}";

  /** Before its end a period is not over for an incident that was found late. */
  private static final long SETTLED_MILLIS = BreakSources.PERIOD_MILLIS;

  @TempDir private Path folder;

  private RunningCopies copies;

  @BeforeEach
  void startDatabase() throws Exception {
    copies = new RunningCopies(folder, STREAMS, STREAM, CopyProcess.Scene.BREAKS);
  }

  @AfterEach
  void stop() throws Exception {
    copies.close();
  }

  @Test
  void streams_dividedByDetectors_haveTheIncidentsOfAnUndisturbedService() throws Exception {
    Running alone = copies.startAlone();
    Running api = copies.start("{lease: 3s, role: api}");
    Running pictures = copies.start(WORKER.formatted("video.*"));
    copies.awaitWatched(api, PATIENCE_SECONDS);
    copies.await(
        api,
        "/v1/streams/s0",
        PATIENCE_SECONDS,
        stream ->
            kinds(stream).contains("audio.silence") && !kinds(stream).contains("video.black"));
    JsonNode ready = copies.get(api, "/ready");
    assertThat(ready.path("status").asText()).isEqualTo("up");
    assertThat(ready.path("problems").toString()).contains("audio.silence", "sync.offset");
    // It is shown before it is logged.
    copies.await(api, "/ready", PATIENCE_SECONDS, said -> copies.log().contains("watched in part"));

    Running sound = copies.start(WORKER.formatted("audio.*, sync.*, signature.*"));
    copies.await(
        api,
        "/v1/streams",
        PATIENCE_SECONDS,
        all -> RunningCopies.count(all, s -> s.has("missingDetectors")) == 0);
    copies.awaitWatched(alone, PATIENCE_SECONDS);
    assertThat(copies.shares(api).get(pictures.address())).hasSize(STREAMS);
    assertThat(copies.shares(api).get(sound.address())).hasSize(STREAMS);
    assertThat(copies.get(api, "/ready").path("problems")).isEmpty();
    double before = streamHours(api);
    long begin = System.currentTimeMillis();
    long from = period(begin);
    copies.await(
        alone,
        "/v1/incidents?limit=1000",
        5 * PATIENCE_SECONDS,
        all -> RunningCopies.count(all, i -> period(i) > from) >= 4 * STREAMS);
    copies.await(
        api,
        "/v1/incidents?limit=1000",
        PATIENCE_SECONDS,
        all -> RunningCopies.count(all, i -> period(i) > from) >= 4 * STREAMS);

    long until = period(System.currentTimeMillis() - SETTLED_MILLIS);
    Set<String> expected = incidents(alone, from, until);
    assertThat(expected)
        .hasSizeGreaterThanOrEqualTo(2 * STREAMS)
        .allMatch(DividedStreamsTest::isDefect);
    assertThat(incidents(api, from, until)).as(copies.log()).isEqualTo(expected);

    copies.await(
        api,
        "/v1/streams",
        PATIENCE_SECONDS,
        all ->
            RunningCopies.count(all, s -> s.path("cost").path("cores").asDouble() > 0) == STREAMS);
    // Two copies watch each of the streams, and an hour of it is one.
    double watched = (System.currentTimeMillis() - begin) * STREAMS / 3.6e6;
    assertThat(streamHours(api) - before).isBetween(0.7 * watched, 1.4 * watched);
  }

  private double streamHours(Running running) throws Exception {
    return copies.get(running, "/v1/cost").path("streamHours").asDouble();
  }

  private static List<String> kinds(JsonNode stream) {
    return stream.path("missingDetectors").valueStream().map(JsonNode::asText).toList();
  }

  private static boolean isDefect(String incident) {
    return incident.contains("video.black") && incident.endsWith(" for no reason");
  }

  /**
   * Stream, cause, period and place in it of the incidents of whole periods: two services open the
   * same incident some milliseconds apart, and never at the border of a period.
   *
   * @param from the period before the first
   * @param until the period after the last
   */
  private Set<String> incidents(Running running, long from, long until) throws Exception {
    return copies
        .get(running, "/v1/incidents?limit=1000")
        .path("items")
        .valueStream()
        .filter(incident -> period(incident) > from && period(incident) < until)
        .map(
            incident ->
                "%s %s %d %s"
                    .formatted(
                        incident.path("stream").asText(),
                        incident.path("cause").asText(),
                        period(incident),
                        openedMillis(incident) % BreakSources.PERIOD_MILLIS
                                < BreakSources.DEFECT_MILLIS
                            ? "in the break"
                            : "for no reason"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long period(JsonNode incident) {
    return period(openedMillis(incident));
  }

  private static long period(long millis) {
    return Math.floorDiv(millis, BreakSources.PERIOD_MILLIS);
  }

  private static long openedMillis(JsonNode incident) {
    return Instant.parse(incident.path("opened").asText()).toEpochMilli();
  }
}
