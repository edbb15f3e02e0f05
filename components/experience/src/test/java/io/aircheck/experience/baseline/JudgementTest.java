package io.aircheck.experience.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.aircheck.experience.baseline.Judgement.Verdict;
import io.aircheck.experience.baseline.RatioRule.Worse;
import io.aircheck.experience.measure.Ratio;
import org.junit.jupiter.api.Test;

final class JudgementTest {
  private static final double KNOWN_WELL = 1e18;
  private static final BaselinePolicy POLICY = BaselinePolicy.DEFAULT;

  /** Any difference is enough. */
  private static final RatioRule FAILURES =
      new RatioRule(Ratio.START_FAILURE_PERCENT, Worse.HIGHER, 1.000001, 0, 1, 1);

  @Test
  void proportion_isUnusualExactlyIfWilsonsIntervalIsAboveWhatIsUsual() {
    int above = 0;
    for (int trials : new int[] {30, 100, 1_000}) {
      for (int events = 0; events <= trials / 2; events++) {
        double usual = 0.02;
        Judgement judgement =
            Judgement.of(
                new Sample(events, trials, trials),
                usual * trials,
                1,
                KNOWN_WELL,
                FAILURES,
                POLICY);
        boolean wilson = Interval.wilson(events, trials, POLICY.unusualZ()).low() > usual;
        assertThat(judgement.isUnusual()).as("%d of %d", events, trials).isEqualTo(wilson);
        above += wilson ? 1 : 0;
      }
    }
    assertThat(above).isBetween(100, 1_000);
  }

  @Test
  void rate_isSoManyStandardErrorsWorse() {
    RatioRule rule = new RatioRule(Ratio.STALLS_PER_HOUR, Worse.HIGHER, 1.5, 0, 25, 1);
    Sample sample = new Sample(180, 3_600_000, 100);

    // 100 expected with a variance of 4 × 100: 80 more are 4 standard errors.
    Judgement judgement = Judgement.of(sample, 100, 4, KNOWN_WELL, rule, POLICY);
    assertThat(judgement.z()).isEqualTo(4, offset(1e-9));
    assertThat(judgement.value()).isEqualTo(180, offset(1e-9));
    assertThat(judgement.usual()).isEqualTo(100, offset(1e-9));
    assertThat(judgement.isRaised()).isTrue();
    // Learnt from as much as this: the variance is twice as large.
    assertThat(Judgement.of(sample, 100, 4, 3_600_000, rule, POLICY).z())
        .isEqualTo(4 / Math.sqrt(2), offset(1e-9));
  }

  @Test
  void certainButSmallChange_isUsual() {
    RatioRule rule = new RatioRule(Ratio.REBUFFERING_PERCENT, Worse.HIGHER, 1.5, 0.5, 25, 1);

    // 1.4 % instead of 1 % of a billion, then 0.03 % instead of 0.01 %.
    assertThat(judge(rule, 1.4e7, 1e9, 1e7).verdict()).isEqualTo(Verdict.RAISED);
    assertThat(judge(rule, 1.2e7, 1e9, 1e7).verdict()).isEqualTo(Verdict.USUAL);
    assertThat(judge(rule, 3e5, 1e9, 1e5).verdict()).isEqualTo(Verdict.USUAL);
  }

  @Test
  void lowerBitrate_isWorse() {
    RatioRule rule = new RatioRule(Ratio.BITRATE_KBPS, Worse.LOWER, 1.3, 200, 25, 1e6);

    assertThat(judge(rule, 2e12, 1e9, 4e12).verdict()).isEqualTo(Verdict.UNUSUAL);
    assertThat(judge(rule, 8e12, 1e9, 4e12).z()).isNegative();
  }

  @Test
  void fewViewers_areNotJudged() {
    RatioRule rule = new RatioRule(Ratio.REBUFFERING_PERCENT, Worse.HIGHER, 1.5, 0.5, 25, 1);
    Sample sample = new Sample(100_000, 240_000, 24);

    Judgement judgement = Judgement.of(sample, 2_400, 1, KNOWN_WELL, rule, POLICY);
    assertThat(judgement.verdict()).isEqualTo(Verdict.TOO_LITTLE_TRAFFIC);
    assertThat(judgement.isKnown()).isFalse();
  }

  private static Judgement judge(RatioRule rule, double over, double under, double expected) {
    return Judgement.of(new Sample(over, under, 1_000), expected, 1, KNOWN_WELL, rule, POLICY);
  }
}
