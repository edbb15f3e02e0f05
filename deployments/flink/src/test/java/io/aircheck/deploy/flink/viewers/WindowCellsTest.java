package io.aircheck.deploy.flink.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupRules.Gathering;
import io.aircheck.core.viewer.RollupWindow;
import io.aircheck.experience.cube.CubePortions;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowCellsTest {
  private static final int KEYS = 3;
  private static final CubePortions RULES =
      new CubePortions(
          new CubeSpec(
              60_000, 1, List.of(new CubeSpec.Grouping(List.of(Cohort.CONTENT), false)), KEYS));

  private final WindowCells cells = new WindowCells(RULES, new KeptCells());
  private WindowCells.Head head = WindowCells.Head.of(portion("any", 1));

  /** So many deltas of a content, with a view each. */
  private static Portion portion(String content, int deltas) {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.VIEWS.ordinal()] = 1;
    Gathering<SessionDelta> gathering = RULES.gathering();
    for (int i = 0; i < deltas; i++) {
      gathering.add(
          new SessionDelta(
              content + i, 1, 0, new Cohort(content, "", Map.of()), Measures.of(sums), null));
    }
    return gathering.drain().getFirst();
  }

  private void add(String content, int deltas) throws Exception {
    head = cells.add(head, portion(content, deltas));
  }

  private RollupWindow tell() throws Exception {
    RollupWindow told = cells.told(head);
    head = head.told();
    return told;
  }

  private static List<String> rows(RollupWindow window) {
    return window.rows().stream()
        .map(
            row ->
                (row.isOthers() ? "others" : row.values().getFirst())
                    + " "
                    + row.weight()
                    + " "
                    + row.sums().get("views"))
        .toList();
  }

  @Test
  void tooManyKeys_heaviestStayAndTheRestIsOfOthers() throws Exception {
    for (int i = 1; i <= 2 * KEYS; i++) {
      add("c" + i, i);
    }
    add("c7", 7);

    RollupWindow told = tell();

    assertThat(told.isWhole()).isTrue();
    assertThat(rows(told))
        .containsExactlyInAnyOrder("c4 4 4", "c5 5 5", "c6 6 6", "c7 7 7", "others 6 6");
  }

  @Test
  void window_thatWasTold_tellsWhatHasChangedAndTakesNothingBack() throws Exception {
    for (int i = 1; i <= 2 * KEYS; i++) {
      add("c" + i, 1);
    }
    assertThat(rows(tell())).hasSize(2 * KEYS);
    assertThat(rows(tell())).isEmpty();

    add("heavy", 100);
    add("c2", 2);
    RollupWindow told = tell();

    assertThat(told.isWhole()).isFalse();
    assertThat(rows(told)).containsExactlyInAnyOrder("c2 3 3", "others 100 100");
    assertThat(rows(tell())).isEmpty();
  }
}
