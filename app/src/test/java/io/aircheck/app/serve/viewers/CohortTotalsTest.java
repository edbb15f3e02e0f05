package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.ViewerMetricSettings;
import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CohortTotalsTest {
  private static final long START = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final CubeSpec spec = CubeSpec.lastHour();
  private final Cube cube = new Cube(spec);

  private CohortTotals totals(String settings) throws Exception {
    return CohortTotals.of(
        SettingsReader.read(
            SettingsReader.parse(settings.getBytes(StandardCharsets.UTF_8)),
            ViewerMetricSettings.class),
        spec,
        cube,
        START);
  }

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private void tell(String content, long millis, long ended) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.VIEWERS.ordinal()] = 1;
    sums[Measure.WATCHED_MILLIS.ordinal()] = 10_000;
    sums[Measure.ENDED.ordinal()] = ended;
    Cohort cohort = new Cohort(content, "", Map.of());
    cube.add(new SessionDelta("s", 1, START + millis, cohort, Measures.of(sums), null));
  }

  private static long watched(CohortTotals.Total total) {
    return total.sums().get(Measure.WATCHED_MILLIS);
  }

  @Test
  void look_windowsThatAreComplete_areAddedUp() throws Exception {
    CohortTotals totals = totals("{}");
    tell("a", 0, 0);
    tell("b", 0, 0);
    tell("a", 10_000, 0);
    tell("a", 300_000, 0);

    totals.look(START + 200_000);

    assertThat(totals.all())
        .extracting(CohortTotals.Total::values, CohortTotalsTest::watched)
        .containsExactlyInAnyOrder(tuple(List.of("a"), 20_000L), tuple(List.of("b"), 10_000L));
  }

  @Test
  void look_moreThanThereIsRoomFor_areTheOthers() throws Exception {
    CohortTotals totals = totals("{\"most\": 1}");
    tell("a", 0, 0);
    totals.look(START + 130_000);
    tell("a", 10_000, 0);
    tell("b", 10_000, 0);
    tell("c", 10_000, 0);
    totals.look(START + 140_000);

    assertThat(totals.all())
        .extracting(
            CohortTotals.Total::others, CohortTotalsTest::watched, CohortTotals.Total::viewers)
        .containsExactly(tuple(false, 20_000L, 1L), tuple(true, 20_000L, 2L));
  }

  @Test
  void look_whatIsTakenBack_doesNotFall() throws Exception {
    CohortTotals totals = totals("{}");
    tell("a", 0, 4);
    totals.look(START + 130_000);
    tell("a", 10_000, -3);
    totals.look(START + 140_000);
    assertThat(totals.all().getFirst().sums().get(Measure.ENDED)).isEqualTo(4);
    tell("a", 20_000, 5);
    totals.look(START + 150_000);

    assertThat(totals.all().getFirst().sums().get(Measure.ENDED)).isEqualTo(6);
  }

  @Test
  void look_nobodyThereAnyMore_isZeroAndLaterForgotten() throws Exception {
    CohortTotals totals = totals("{}");
    tell("a", 0, 0);
    totals.look(START + 130_000);
    assertThat(totals.all().getFirst().viewers()).isEqualTo(1);

    totals.look(START + 160_000);
    assertThat(totals.all().getFirst().viewers()).isZero();
    totals.look(START + HOUR + 200_000);
    assertThat(totals.all()).isEmpty();
  }

  @Test
  void look_noneAreWanted_hasNone() throws Exception {
    CohortTotals totals = totals("{\"most\": 0}");
    tell("a", 0, 0);

    totals.look(START + 200_000);

    assertThat(totals.all()).isEmpty();
  }
}
