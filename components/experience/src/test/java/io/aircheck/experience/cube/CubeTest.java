package io.aircheck.experience.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CubeTest {
  private static final long ALL = Long.MAX_VALUE;
  private static final CubeSpec SPEC =
      new CubeSpec(
          10_000,
          6,
          List.of(
              new Grouping(List.of(), true),
              new Grouping(List.of("content"), true),
              new Grouping(List.of("content", "cdn"), true),
              new Grouping(List.of("cdn"), false)),
          100);

  private final Cube cube = new Cube(SPEC);

  @Test
  void question_byADimension_hasTheSumsOfEachValue() {
    cube.add(Deltas.watched("a", 0, "news", "north"));
    cube.add(Deltas.watched("b", 0, "news", "south"));
    cube.add(Deltas.watched("c", 10_000, "sport", "south"));

    CubeAnswer answer = ask(Map.of(), "content");
    assertThat(answer.top(Measure.VIEWERS, 9))
        .extracting(CubeAnswer.Row::values)
        .containsExactly(List.of("news"), List.of("sport"));
    assertThat(answer.top(Measure.VIEWERS, 1).getFirst().cell().sums())
        .isEqualTo(Deltas.watched("a", 0, "", "").measures().plus(delta("x").measures()));
    assertThat(answer.otherDeltas()).isZero();
  }

  @Test
  void question_withAFilter_hasOnlyWhatFits() {
    cube.add(Deltas.watched("a", 0, "news", "north"));
    cube.add(Deltas.watched("b", 0, "news", "south"));
    cube.add(Deltas.watched("c", 0, "sport", "south"));

    CubeAnswer answer = ask(Map.of("cdn", "south"), "content");
    assertThat(answer.rows()).hasSize(2);
    assertThat(answer.whole().sums().get(Measure.VIEWERS)).isEqualTo(2);
    assertThat(ask(Map.of("content", "news", "cdn", "north")).whole().sums().get(Measure.VIEWERS))
        .isEqualTo(1);
  }

  @Test
  void question_overATime_hasOnlyItsWindows() {
    for (int i = 0; i < 6; i++) {
      cube.add(Deltas.watched("a", 10_000L * i, "news", "north"));
    }

    CubeQuery query =
        new CubeQuery(Deltas.START + 10_000, Deltas.START + 30_000, Map.of(), List.of());
    assertThat(cube.ask(query).orElseThrow().whole().sums().get(Measure.VIEWERS)).isEqualTo(2);
  }

  @Test
  void question_aboutDimensionsThatAreNotKeptTogether_hasNoAnswer() {
    assertThat(cube.ask(new CubeQuery(0, ALL, Map.of("country", "DE"), List.of("cdn")))).isEmpty();
  }

  @Test
  void drill_tellsTheLargestOfEachDimensionThatIsLeft() {
    cube.add(Deltas.watched("a", 0, "news", "north"));
    cube.add(Deltas.watched("b", 0, "news", "south"));
    cube.add(Deltas.watched("c", 0, "news", "south"));

    Map<String, List<CubeAnswer.Row>> drilled =
        cube.drill(0, ALL, Map.of("content", "news"), Measure.VIEWERS, 1);
    assertThat(drilled.keySet()).containsExactly("cdn");
    assertThat(drilled.getOrDefault("cdn", List.of()).getFirst().values()).containsExactly("south");
  }

  @Test
  void windows_thatAreTooOld_leaveAndAreNotTakenBack() {
    cube.add(Deltas.watched("a", 0, "news", "north"));
    cube.add(Deltas.watched("a", 60_000, "news", "north"));
    cube.add(Deltas.watched("b", 9_999, "news", "north"));
    cube.add(Deltas.watched("b", 10_000, "news", "north"));

    assertThat(cube.windows()).containsExactly(Deltas.START + 10_000, Deltas.START + 60_000);
    assertThat(cube.tooLate().get(Measure.VIEWERS)).isEqualTo(1);
    assertThat(ask(Map.of()).whole().sums().get(Measure.VIEWERS)).isEqualTo(2);
  }

  @Test
  void windows_ofATime_areThoseThatBeginInIt() {
    for (long at : List.of(0L, 10_000L, 50_000L)) {
      cube.add(Deltas.watched("a", at, "news", "north"));
    }

    assertThat(cube.windows(Deltas.START, Deltas.START + 50_000)).isEqualTo(2);
    assertThat(cube.windows(Deltas.START + 1, Deltas.START + 50_001)).isEqualTo(2);
    assertThat(cube.windows(Deltas.START + 20_000, Deltas.START + 50_000)).isZero();
    assertThat(cube.windows(Deltas.START + 50_000, Deltas.START)).isZero();
  }

  @Test
  void order_ofDeltas_changesNoAnswer() {
    List<SessionDelta> deltas = random(2_000, 20);
    deltas.forEach(cube::add);
    Collections.shuffle(deltas, new Random(7));
    Cube other = new Cube(SPEC);
    deltas.forEach(other::add);

    CubeQuery query = new CubeQuery(0, ALL, Map.of(), List.of("content", "cdn"));
    CubeAnswer ours = cube.ask(query).orElseThrow();
    CubeAnswer theirs = other.ask(query).orElseThrow();
    for (int i = 0; i < ours.rows().size(); i++) {
      CubeAnswer.Row one = ours.top(Measure.WATCHED_MILLIS, 1_000).get(i);
      CubeAnswer.Row two = theirs.top(Measure.WATCHED_MILLIS, 1_000).get(i);
      assertThat(two.values()).isEqualTo(one.values());
      assertThat(two.cell().sums()).isEqualTo(one.cell().sums());
      assertThat(two.cell().sessionEstimate()).isEqualTo(one.cell().sessionEstimate());
    }
  }

  @Test
  void whole_ofAnyGrouping_isTheSumOfAllDeltasHoweverManyValuesThereAre() {
    List<SessionDelta> deltas = random(20_000, 3_000);
    deltas.forEach(cube::add);
    Measures sum =
        deltas.stream().map(SessionDelta::measures).reduce(Measures.ZERO, Measures::plus);

    for (Grouping grouping : SPEC.groupings()) {
      CubeAnswer answer = ask(Map.of(), grouping.dimensions().toArray(String[]::new));
      assertThat(answer.whole().sums()).as("%s", grouping).isEqualTo(sum);
    }
    assertThat(ask(Map.of(), "content").others().sums().isZero()).isFalse();
  }

  @Test
  void heavyKey_amongAFloodOfRareOnes_keepsItsCellAndTheFloodHasFew() {
    int deltas = 0;
    for (int window = 0; window < 6; window++) {
      for (int i = 0; i < 2_000; i++) {
        cube.add(Deltas.watched("a" + i, 10_000L * window, "rare" + deltas++, "north"));
        if (i % 10 == 0) {
          cube.add(Deltas.watched("b" + i, 10_000L * window, "heavy", "north"));
        }
      }
    }

    for (int window = 1; window < 6; window++) {
      long from = Deltas.START + 10_000L * window;
      CubeAnswer answer =
          cube.ask(new CubeQuery(from, from + 1, Map.of(), List.of("content"))).orElseThrow();
      CubeAnswer.Row top = answer.top(Measure.VIEWERS, 1).getFirst();
      assertThat(top.values()).containsExactly("heavy");
      assertThat(top.cell().sums().get(Measure.VIEWERS)).isEqualTo(200);
      assertThat(answer.rows()).hasSizeLessThanOrEqualTo(200);
      assertThat(answer.whole().sums().get(Measure.VIEWERS)).isEqualTo(2_200);
    }
  }

  private CubeAnswer ask(Map<String, String> filter, String... by) {
    return cube.ask(new CubeQuery(0, ALL, filter, List.of(by))).orElseThrow();
  }

  private static SessionDelta delta(String session) {
    return Deltas.watched(session, 0, "", "");
  }

  private static List<SessionDelta> random(int count, int contents) {
    Random random = new Random(count);
    List<SessionDelta> deltas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      deltas.add(
          Deltas.watched(
              "session" + random.nextInt(500),
              random.nextInt(60_000),
              "content" + random.nextInt(1 + random.nextInt(contents)),
              "cdn" + random.nextInt(3)));
    }
    return deltas;
  }
}
