package io.aircheck.experience.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class CellTest {
  @Test
  void percentiles_ofStartUpTimes_areWithinOnePercent() {
    Random random = new Random(3);
    Cell cell = new Cell(true);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      long millis = (long) Math.exp(7 + random.nextGaussian());
      times.add(millis);
      cell.add(Deltas.started("s" + i, millis));
    }
    Collections.sort(times);

    for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
      double exact = times.get((int) (share * (times.size() - 1)));
      assertThat(cell.percentile(Distribution.STARTUP_MILLIS, share).orElseThrow())
          .isCloseTo(exact, Percentage.withPercentage(1.001));
    }
    assertThat(cell.percentile(Distribution.LATENCY_MILLIS, 0.5)).isEmpty();
  }

  @Test
  void latency_isWeightedByThePlayingTimeItLasted() {
    Cell cell = new Cell(true);
    cell.add(latency(4_000, 90));
    cell.add(latency(20_000, 10));

    assertThat(cell.percentile(Distribution.LATENCY_MILLIS, 0.8).orElseThrow())
        .isCloseTo(4_000, Percentage.withPercentage(1.001));
    assertThat(cell.percentile(Distribution.LATENCY_MILLIS, 0.95).orElseThrow())
        .isCloseTo(20_000, Percentage.withPercentage(1.001));
  }

  @Test
  void whatIsTakenBack_leavesSumsExactAndSketchesAsTheyAre() {
    Cell cell = new Cell(true);
    cell.add(Deltas.started("s", 1_000));
    cell.add(Deltas.of("s", 0, "c", "n", Map.of(Measure.STARTUPS, -1L, Measure.VIEWERS, -1L)));

    assertThat(cell.sums().get(Measure.STARTUPS)).isZero();
    assertThat(cell.percentile(Distribution.STARTUP_MILLIS, 0.5)).isNotEmpty();
  }

  @Test
  void sessions_areEstimatedAndThoseHitAreExact() {
    Cell cell = new Cell(true);
    for (int i = 0; i < 50_000; i++) {
      cell.add(Deltas.watched("session-" + i, 0, "c", "n"));
      cell.add(Deltas.watched("session-" + i, 10_000, "c", "n"));
      if (i % 5 == 0) {
        cell.add(Deltas.of("session-" + i, 0, "c", "n", Map.of(Measure.STALLS, 1L)));
      }
    }

    assertThat(cell.sessionEstimate()).isCloseTo(50_000, Percentage.withPercentage(7));
    assertThat(cell.hitSessions().size()).isEqualTo(10_000);
    assertThat(cell.hitSessions().contains("session-5")).isTrue();
    assertThat(cell.hitSessions().contains("session-6")).isFalse();
  }

  @Test
  void merging_inAnyOrderAndGrouping_givesTheSame() {
    List<Cell> parts = new ArrayList<>();
    Random random = new Random(5);
    Cell whole = new Cell(true);
    for (int part = 0; part < 4; part++) {
      Cell cell = new Cell(true);
      for (int i = 0; i < 2_000; i++) {
        String session = "s" + random.nextInt(4_000);
        for (SessionDelta delta :
            List.of(
                Deltas.watched(session, 0, "c", "n"),
                Deltas.started(session, random.nextInt(9_000)),
                Deltas.of(session, 0, "c", "n", Map.of(Measure.STALLS, 1L)))) {
          cell.add(delta);
          whole.add(delta);
        }
      }
      parts.add(cell);
    }

    assertSame(
        whole, merged(merged(parts.get(0), parts.get(1)), merged(parts.get(2), parts.get(3))));
    assertSame(
        whole, merged(merged(merged(parts.get(3), parts.get(1)), parts.get(0)), parts.get(2)));
  }

  private static void assertSame(Cell one, Cell two) {
    assertThat(two.sums()).isEqualTo(one.sums());
    assertThat(two.sessionEstimate()).isEqualTo(one.sessionEstimate());
    assertThat(two.hitSessions().size()).isEqualTo(one.hitSessions().size());
    for (double share = 0; share <= 1; share += 0.05) {
      assertThat(two.percentile(Distribution.STARTUP_MILLIS, share))
          .isEqualTo(one.percentile(Distribution.STARTUP_MILLIS, share));
    }
  }

  private static Cell merged(Cell one, Cell two) {
    Cell both = new Cell(true);
    both.merge(one);
    both.merge(two);
    return both;
  }

  private static SessionDelta latency(long millis, long playing) {
    return Deltas.of(
        "s",
        0,
        "c",
        "n",
        Map.of(Measure.LATENCY_MILLIS, playing, Measure.LATENCY_AREA, playing * millis));
  }
}
