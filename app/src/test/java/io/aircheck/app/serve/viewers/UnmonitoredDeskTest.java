package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.settings.UnmonitoredSettings;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnmonitoredDeskTest {
  private static final long START = 1_800_000_000_000L;
  private static final long AFTER = 60_000;

  private final List<WatchedStream> streams = new ArrayList<>();
  private final List<Incident> active = new ArrayList<>();
  private final List<StreamObservation> told = new ArrayList<>();
  private final UnmonitoredDesk desk =
      new UnmonitoredDesk(
          new UnmonitoredSettings(10, Duration.ofMillis(AFTER), Optional.empty()),
          () -> streams,
          () -> active,
          told::add,
          Optional.empty());

  private static Finding finding(StreamObservation told) {
    return switch (told.observation()) {
      case Observation.Opened(Finding finding) -> finding;
      case Observation.Updated(Finding finding) -> finding;
      case Observation.Closed(Finding finding) -> finding;
      case Observation.Fingerprinted other -> throw new AssertionError(other);
    };
  }

  @Test
  void look_enoughViewersForLongEnough_tellsOnce() {
    desk.look(START, Map.of("quiz", 10L, "small", 9L));
    desk.look(START + AFTER - 1, Map.of("quiz", 15L, "small", 9L));
    assertThat(told).isEmpty();

    desk.look(START + AFTER, Map.of("quiz", 15L, "small", 9L));
    desk.look(START + AFTER + 1_000, Map.of("quiz", 29L, "small", 9L));

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().observation()).isInstanceOf(Observation.Opened.class);
    assertThat(told.getFirst().stream()).isEqualTo("viewers:content:quiz");
    Finding finding = finding(told.getFirst());
    assertThat(finding.kind()).isEqualTo(Kinds.STREAM_UNMONITORED);
    assertThat(finding.durationMicros()).isEqualTo(1000 * AFTER);
    assertThat(finding.measurements()).isEqualTo(Map.of("viewers", 15.0));
  }

  @Test
  void look_twiceAsMany_tellsAgain() {
    desk.look(START, Map.of("quiz", 10L));
    desk.look(START + AFTER, Map.of("quiz", 10L));
    desk.look(START + AFTER + 1_000, Map.of("quiz", 20L));

    assertThat(told).hasSize(2);
    assertThat(told.getLast().observation()).isInstanceOf(Observation.Updated.class);
    assertThat(finding(told.getLast()).id()).isEqualTo(finding(told.getFirst()).id());
  }

  @Test
  void look_aMomentWithTooFew_beginsAnewBeforeItIsToldAndNotAfter() {
    desk.look(START, Map.of("quiz", 10L));
    desk.look(START + 50_000, Map.of("quiz", 9L));
    desk.look(START + AFTER, Map.of("quiz", 10L));
    assertThat(told).isEmpty();
    desk.look(START + 2 * AFTER, Map.of("quiz", 10L));
    assertThat(told).hasSize(1);

    desk.look(START + 2 * AFTER + 1_000, Map.of("quiz", 9L));
    desk.look(START + 3 * AFTER - 1, Map.of());
    assertThat(told).hasSize(1);
    desk.look(START + 3 * AFTER, Map.of());

    assertThat(told).hasSize(2);
    assertThat(told.getLast().observation()).isInstanceOf(Observation.Closed.class);
    assertThat(finding(told.getLast()).endMicros()).isEqualTo(1000 * (START + 2 * AFTER));
  }

  @Test
  void look_playersThatTellNoContent_areNoContent() {
    desk.look(START, Map.of("", 100L));
    desk.look(START + AFTER, Map.of("", 100L));

    assertThat(told).isEmpty();
  }

  @Test
  void look_whatAnEarlierProcessTold_isToldAtOnce() {
    active.add(
        new Incident(
            "id",
            "viewers:content:quiz",
            Kinds.STREAM_UNMONITORED,
            Incident.State.OPEN,
            Severity.WARNING,
            1,
            START - AFTER,
            START,
            START,
            1,
            List.of(),
            List.of(Kinds.STREAM_UNMONITORED),
            Map.of(),
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            1));

    desk.look(START, Map.of("quiz", 10L, "other", 10L));

    assertThat(told).extracting(StreamObservation::stream).containsExactly("viewers:content:quiz");
  }

  @Test
  void look_contentsWithoutNumber_areToldByTheirViewersAndNoMoreThanTwenty() {
    Map<String, Long> watching = new HashMap<>();
    for (long i = 0; i < 5_000; i++) {
      watching.put("content " + i, 10 + i);
    }
    desk.look(START, watching);
    desk.look(START + AFTER, watching);
    desk.look(START + AFTER + 1_000, watching);

    assertThat(told).hasSize(20);
    assertThat(told)
        .extracting(one -> finding(one).measurements().get("viewers"))
        .allSatisfy(viewers -> assertThat(viewers).isGreaterThanOrEqualTo(4_990));
  }

  @Test
  void message_ofAHostileContent_staysOnItsLine() {
    desk.look(START, Map.of("a\r\n\u001b[2Jb", 10L));
    desk.look(START + AFTER, Map.of("a\r\n\u001b[2Jb", 10L));

    assertThat(finding(told.getFirst()).message())
        .isEqualTo("10 viewers watch a   [2Jb, which no stream of the service shows.");
  }
}
