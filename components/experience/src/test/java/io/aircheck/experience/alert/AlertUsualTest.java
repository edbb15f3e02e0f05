package io.aircheck.experience.alert;

import static io.aircheck.experience.alert.AlertRun.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.experience.baseline.UsualRange;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can be asked of what is usual. */
final class AlertUsualTest {
  private static final AlertFold FOLD = new AlertFold(AlertPolicy.DEFAULT);
  private static final Combination BY_B = new Combination(Map.of("cdn", "cdn-b"));

  private final AlertRun run = new AlertRun(AlertPolicy.DEFAULT, 10_000);

  private Optional<UsualRange> usual(Combination cohort, double watched) {
    return FOLD.usual(run.state(), cohort, Ratio.REBUFFERING_PERCENT, run.now(), watched);
  }

  @Test
  void usual_ofEachCohort_isItsOwnAndNarrowerForMore() {
    run.during(HOUR, (part, millis) -> part.cdn().equals("cdn-b") ? 0.03 : 0.01);

    assertThat(usual(BY_B, 1_000_000).orElseThrow().value()).isCloseTo(3, within(1e-6));
    assertThat(usual(Combination.EVERYWHERE, 1_000_000).orElseThrow().value())
        .isCloseTo(5 / 3.0, within(1e-6));
    assertThat(usual(BY_B, 100_000_000).orElseThrow().high())
        .isLessThan(usual(BY_B, 1_000_000).orElseThrow().high());
  }

  @Test
  void usual_ofWhomNothingIsKnown_isNotThere() {
    run.during(HOUR, (part, millis) -> 0.01);

    assertThat(usual(new Combination(Map.of("cdn", "cdn-x")), 1_000_000)).isEmpty();
    assertThat(FOLD.usual(run.state(), BY_B, Ratio.SEEKING_PERCENT, run.now(), 1_000_000))
        .as("a ratio that no rule looks at")
        .isEmpty();
  }

  @Test
  void raised_isWhatIsWorseByEnough_notWhatIsBetterOrAlike() {
    run.during(HOUR, (part, millis) -> 0.01);

    assertThat(isRaised(0.03)).isTrue();
    assertThat(isRaised(0.0105)).isFalse();
    assertThat(isRaised(0)).isFalse();
  }

  private boolean isRaised(double stalled) {
    long watched = 1_000_000_000;
    Measures sums = Audience.sums(1000, watched, Math.round(watched * stalled));
    return FOLD.isRaised(run.state(), BY_B, Ratio.REBUFFERING_PERCENT, run.now(), sums);
  }
}
