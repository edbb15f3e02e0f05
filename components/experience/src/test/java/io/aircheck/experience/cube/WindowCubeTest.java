package io.aircheck.experience.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupRules.Gathering;
import io.aircheck.core.viewer.RollupWindow;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowCubeTest {
  private static final long MINUTE = 60_000;
  private static final long START = 1_800_000_000_000L;
  private static final List<String> BY_CONTENT = List.of(Cohort.CONTENT);
  private static final CubeSpec SPEC = CubeSpec.minutes(CubeSpec.USUAL);

  private final WindowCube cube = new WindowCube(SPEC, 6);

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private static SessionDelta delta(String session, long millis, String content, long stalled) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.VIEWERS.ordinal()] = 1;
    sums[Measure.WATCHED_MILLIS.ordinal()] = 10_000;
    sums[Measure.STALLED_MILLIS.ordinal()] = stalled;
    sums[Measure.STALLS.ordinal()] = stalled > 0 ? 1 : 0;
    sums[Measure.LATENCY_AREA.ordinal()] = 20_000L * 10_000;
    sums[Measure.LATENCY_MILLIS.ordinal()] = 10_000;
    return new SessionDelta(
        session,
        1,
        millis,
        new Cohort(content, "720p", Map.of("cdn", session.hashCode() % 2 == 0 ? "a" : "b")),
        Measures.of(sums),
        null);
  }

  /** What a job tells of deltas. */
  private static List<RollupWindow> told(List<SessionDelta> deltas, boolean whole) {
    Gathering<SessionDelta> gathering = new CubePortions(SPEC).gathering();
    deltas.forEach(gathering::add);
    Map<List<Object>, List<RollupWindow.Row>> rows = new HashMap<>();
    for (Portion portion : gathering.drain()) {
      rows.computeIfAbsent(
              List.of(portion.windowMillis(), portion.grouping()), added -> new ArrayList<>())
          .add(
              new RollupWindow.Row(
                  portion.key(), false, portion.weight(), Map.of(), portion.sums()));
    }
    List<RollupWindow> windows = new ArrayList<>();
    rows.forEach(
        (place, some) ->
            windows.add(
                new RollupWindow(
                    (long) place.get(0),
                    MINUTE,
                    SPEC.groupings().get((int) place.get(1)).dimensions(),
                    whole,
                    some)));
    return windows;
  }

  private static List<SessionDelta> minute(long start, int viewers) {
    Random random = new Random(start);
    List<SessionDelta> deltas = new ArrayList<>();
    for (int viewer = 0; viewer < viewers; viewer++) {
      for (long at = start; at < start + MINUTE; at += 10_000) {
        long stalled = random.nextInt(10) == 0 ? 500 : 0;
        deltas.add(delta("v" + viewer, at, "channel-" + viewer % 3, stalled));
      }
    }
    return deltas;
  }

  private static CubeQuery all(List<String> by) {
    return new CubeQuery(START, START + 10 * MINUTE, Map.of(), by);
  }

  private static Map<List<String>, Cell> rows(RecentCube cube, CubeQuery query) {
    Map<List<String>, Cell> rows = new HashMap<>();
    cube.ask(query).orElseThrow().rows().forEach(row -> rows.put(row.values(), row.cell()));
    return rows;
  }

  @Test
  void ask_whatAJobTells_answersAsTheCubeOfOneProcess() {
    Cube alone = new Cube(SPEC);
    for (int i = 0; i < 3; i++) {
      List<SessionDelta> deltas = minute(START + i * MINUTE, 300);
      alone.add(deltas);
      told(deltas, true)
          .forEach(window -> assertThat(cube.take(window, window.rows().size())).isTrue());
    }

    for (CubeSpec.Grouping grouping : SPEC.groupings()) {
      Map<List<String>, Cell> mine = rows(cube, all(grouping.dimensions()));
      Map<List<String>, Cell> theirs = rows(alone, all(grouping.dimensions()));
      assertThat(mine.keySet()).isEqualTo(theirs.keySet());
      theirs.forEach(
          (values, cell) -> {
            Cell own = Objects.requireNonNull(mine.get(values));
            assertThat(own.sums().get(Measure.STALLED_MILLIS))
                .isEqualTo(cell.sums().get(Measure.STALLED_MILLIS));
            // Windows of a minute have six of views.
            assertThat(own.sums().get(Measure.VIEWERS))
                .isEqualTo(cell.sums().get(Measure.VIEWERS) / 6);
            assertThat(own.hitSessions().size()).isEqualTo(cell.hitSessions().size());
            assertThat(own.sessionEstimate()).isEqualTo(cell.sessionEstimate());
            assertThat(own.percentile(Distribution.LATENCY_MILLIS, 0.5))
                .isEqualTo(cell.percentile(Distribution.LATENCY_MILLIS, 0.5));
          });
    }
    assertThat(cube.windows(START, START + 10 * MINUTE)).isEqualTo(3);
  }

  @Test
  void take_rowThatChanged_takesThePlaceOfThatBefore() {
    told(minute(START, 30), true).forEach(window -> cube.take(window, window.rows().size()));
    long before = cube.changes();

    RollupWindow changed =
        told(List.of(delta("v", START, "channel-1", 0)), false).stream()
            .filter(window -> window.dimensions().equals(BY_CONTENT))
            .findFirst()
            .orElseThrow();
    assertThat(cube.take(changed, 3)).isTrue();

    Map<List<String>, Cell> rows = rows(cube, all(BY_CONTENT));
    assertThat(rows).hasSize(3);
    assertThat(
            Objects.requireNonNull(rows.get(List.of("channel-1")))
                .sums()
                .get(Measure.WATCHED_MILLIS))
        .isEqualTo(10_000);
    assertThat(
            Objects.requireNonNull(rows.get(List.of("channel-2")))
                .sums()
                .get(Measure.WATCHED_MILLIS))
        .isEqualTo(600_000);
    assertThat(cube.changes()).isGreaterThan(before);
  }

  @Test
  void take_otherNumberOfRows_asksForTheWhole() {
    List<RollupWindow> first = told(minute(START, 30), true);
    RollupWindow contents =
        first.stream()
            .filter(window -> window.dimensions().equals(BY_CONTENT))
            .findFirst()
            .orElseThrow();
    cube.take(contents, 3);
    RollupWindow some =
        new RollupWindow(START, MINUTE, BY_CONTENT, false, contents.rows().subList(0, 1));
    assertThat(cube.take(some, 1)).isFalse();

    RollupWindow whole =
        new RollupWindow(START, MINUTE, BY_CONTENT, true, contents.rows().subList(0, 1));
    assertThat(cube.take(whole, 1)).isTrue();
    assertThat(rows(cube, all(BY_CONTENT))).hasSize(1);
  }

  @Test
  void take_others_areInNoRowAndWeighed() {
    byte[] cell = told(minute(START, 1), true).getFirst().rows().getFirst().cell();
    RollupWindow.Row others = new RollupWindow.Row(List.of(), true, 7, Map.of(), cell);

    assertThat(cube.take(new RollupWindow(START, MINUTE, BY_CONTENT, true, List.of(others)), 1))
        .isTrue();

    CubeAnswer answer = cube.ask(all(BY_CONTENT)).orElseThrow();
    assertThat(answer.rows()).isEmpty();
    assertThat(answer.otherDeltas()).isEqualTo(7);
    assertThat(answer.others().sums().get(Measure.WATCHED_MILLIS)).isEqualTo(60_000);
  }

  @Test
  void take_whatIsNotKept_isOfNoInterest() {
    RollupWindow other = new RollupWindow(START, MINUTE, List.of("luck"), true, List.of());
    RollupWindow shorter = new RollupWindow(START, 10_000, BY_CONTENT, true, List.of());

    assertThat(cube.take(other, 4)).isTrue();
    assertThat(cube.take(shorter, 4)).isTrue();
    assertThat(cube.windows(START, START + MINUTE)).isZero();
  }

  @Test
  void take_bytesThatAreNoCell_changesNothing() {
    RollupWindow.Row row =
        new RollupWindow.Row(List.of("a"), false, 1, Map.of(), new byte[] {9, 9});

    assertThatThrownBy(
            () -> cube.take(new RollupWindow(START, MINUTE, BY_CONTENT, true, List.of(row)), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(cube.changes()).isZero();
  }

  @Test
  void take_moreThanItMayHold_letsTheOldestGo() {
    WindowCube small = new WindowCube(SPEC.within(60_000), 6);
    for (int i = 0; i < 10; i++) {
      told(minute(START + i * MINUTE, 200), true)
          .forEach(window -> small.take(window, window.rows().size()));
    }

    assertThat(small.bytes()).isLessThanOrEqualTo(60_000);
    assertThat(small.windows(START, START + 10 * MINUTE)).isBetween(1, 9);
    assertThat(small.keptSinceMillis()).isGreaterThan(START);
    // What is gone is not asked for again.
    RollupWindow again = told(minute(START, 1), false).getFirst();
    assertThat(small.take(again, 99)).isTrue();
  }
}
