package io.aircheck.experience.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupRules.Gathering;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CubePortionsTest {
  private static final CubeSpec SPEC =
      new CubeSpec(
          60_000,
          1,
          List.of(
              new CubeSpec.Grouping(List.of(), true),
              new CubeSpec.Grouping(List.of("content"), false)),
          10);

  private static Map<List<Object>, byte[]> merged(CubePortions rules, List<Portion> portions) {
    Map<List<Object>, byte[]> merged = new HashMap<>();
    for (Portion portion : portions) {
      merged.merge(
          List.of(portion.grouping(), portion.windowMillis(), portion.key()),
          portion.sums(),
          (one, other) -> rules.merged(portion.grouping(), one, other));
    }
    return merged;
  }

  @Test
  void portions_ofTwoWorkers_areTheWhole() {
    CubePortions rules = new CubePortions(SPEC);
    Gathering<SessionDelta> one = rules.gathering();
    Gathering<SessionDelta> other = rules.gathering();
    Cell whole = new Cell(true);
    for (int i = 0; i < 1000; i++) {
      SessionDelta delta =
          Deltas.of(
              "session-" + i % 700,
              1_000L * (i % 50),
              "content-" + i % 3,
              "north",
              Map.of(
                  Measure.VIEWERS, 1L,
                  Measure.VIEWS, 1L,
                  Measure.STALLS, (long) (i % 2),
                  Measure.STARTUPS, 1L,
                  Measure.STARTUP_MILLIS, (long) i));
      (i % 2 == 0 ? one : other).add(delta);
      whole.add(delta);
    }
    List<Portion> portions = one.drain();
    List<Portion> others = other.drain();
    assertThat(one.size()).isZero();

    List<Portion> all = new ArrayList<>(portions);
    all.addAll(others);
    Map<List<Object>, byte[]> merged = merged(rules, all);

    assertThat(merged).hasSize(4);
    Cell read = new Cell(true);
    read.merge(Objects.requireNonNull(merged.get(List.<Object>of(0, Deltas.START, List.of()))));
    assertThat(read.sums()).isEqualTo(whole.sums());
    assertThat(read.hitSessions().size()).isEqualTo(whole.hitSessions().size()).isPositive();
    assertThat(read.sessionEstimate()).isEqualTo(whole.sessionEstimate()).isPositive();
    for (double share : new double[] {0.01, 0.5, 0.95}) {
      assertThat(read.percentile(Distribution.STARTUP_MILLIS, share))
          .isEqualTo(whole.percentile(Distribution.STARTUP_MILLIS, share))
          .isPresent();
    }
    assertThat(rules.sums(whole.toBytes()))
        .containsEntry("views", whole.sums().get(Measure.VIEWS))
        .doesNotContainKey("lost");
    assertThat(all.stream().filter(portion -> portion.grouping() == 0).mapToLong(Portion::weight))
        .containsOnly(500L);
  }

  @Test
  void bytes_ofSomethingElse_areRefused() {
    CubePortions rules = new CubePortions(SPEC);

    assertThatThrownBy(() -> rules.sums(new byte[] {9, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("these are no sums of viewers: version 9");
  }
}
