package io.aircheck.experience.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CubeWindowTest {
  private static final CubeSpec SPEC =
      new CubeSpec(
          10_000,
          6,
          List.of(new Grouping(List.of(), false), new Grouping(List.of("content", "cdn"), false)),
          2);

  private final Cube cube = new Cube(SPEC);

  @Test
  void window_ofACube_hasItsSumsByCdnOverAllContents() {
    cube.add(watched(10_000, "news", "north"));
    cube.add(watched(10_000, "sport", "north"));
    cube.add(watched(20_000, "news", "south"));

    CubeWindow window =
        CubeWindow.of(cube::ask, 10_000, 10_000, List.of(List.of(), List.of("cdn")));
    assertThat(window.groupings().get(0).rows().getFirst().sums().get(Measure.VIEWERS))
        .isEqualTo(2);
    assertThat(window.groupings().get(1).rows())
        .extracting(CubeWindow.Row::values)
        .containsExactly(List.of("north"));
  }

  @Test
  void whole_hasWhatIsTooRareForCellsOfItsOwn() {
    for (int i = 0; i < 100; i++) {
      cube.add(watched(10_000, "rare" + i, "north"));
    }

    CubeWindow window =
        CubeWindow.of(cube::ask, 10_000, 10_000, List.of(List.of(), List.of("cdn")));
    assertThat(window.groupings().get(0).rows().getFirst().sums().get(Measure.VIEWERS))
        .isEqualTo(100);
    assertThat(window.groupings().get(1).rows().getFirst().sums().get(Measure.VIEWERS))
        .isLessThan(100);
  }

  @Test
  void groupings_ofASpec_areAllPartsOfThem() {
    assertThat(CubeWindow.groupings(SPEC))
        .startsWith(List.of())
        .endsWith(List.of("content", "cdn"))
        .containsExactlyInAnyOrder(
            List.of(), List.of("cdn"), List.of("content"), List.of("content", "cdn"));
    assertThat(CubeWindow.groupings(CubeSpec.lastHour()))
        .contains(List.of("cdn", "country"), List.of("cdn"), List.of("device"), List.of("content"))
        .doesNotHaveDuplicates();
  }

  @Test
  void grouping_thatTheCubeDoesNotKeep_isRefusedByName() {
    assertThatThrownBy(() -> CubeWindow.of(cube::ask, 0, 10_000, List.of(List.of("device"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[device]");
  }

  private static SessionDelta watched(long millis, String content, String cdn) {
    Cohort cohort = new Cohort(content, "720p", Map.of("cdn", cdn));
    return new SessionDelta(content + cdn, 1, millis, cohort, Audience.sums(1, 10_000, 0), null);
  }
}
