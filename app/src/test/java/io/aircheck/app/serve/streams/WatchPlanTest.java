package io.aircheck.app.serve.streams;

import static io.aircheck.app.serve.streams.TestStreams.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.settings.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchPlanTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** Hours after noon; empty: open. */
  private static Optional<Schedule> schedule(String from, String to) {
    return Optional.of(new Schedule(hour(from), hour(to)));
  }

  private static Optional<Instant> hour(String hours) {
    return hours.isEmpty()
        ? Optional.empty()
        : Optional.of(NOON.plusSeconds(3600L * Integer.parseInt(hours)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true, ''",
    "'', 1, true, 1",
    "1, 2, false, 1",
    "-2, -1, false, ''",
    "0, '', true, ''",
    "-1, 0, false, ''",
  })
  void at_oneSchedule_isDueWithinItAndKnowsItsNextEdge(
      String from, String to, boolean due, String next) {
    WatchedStream stream = stream("event", schedule(from, to));

    WatchPlan plan = WatchPlan.at(NOON, List.of(stream));

    assertThat(plan.due().contains(stream)).isEqualTo(due);
    assertThat(plan.nextChange()).isEqualTo(hour(next));
  }

  @Test
  void at_severalStreams_looksAgainAtTheNearestEdge() {
    WatchedStream always = stream("always", Optional.empty());
    WatchedStream late = stream("late", schedule("3", "4"));
    WatchedStream ending = stream("ending", schedule("", "2"));

    WatchPlan plan = WatchPlan.at(NOON, List.of(always, late, ending));

    assertThat(plan.due()).containsExactly(always, ending);
    assertThat(plan.nextChange()).isEqualTo(hour("2"));
  }
}
