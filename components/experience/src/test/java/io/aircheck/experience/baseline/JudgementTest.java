package io.aircheck.experience.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.aircheck.experience.baseline.Judgement.Verdict;
import io.aircheck.experience.baseline.RatioRule.Worse;
import io.aircheck.experience.measure.Ratio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JudgementTest {
  private static final double KNOWN_WELL = 1e18;
  private static final BaselinePolicy POLICY = BaselinePolicy.DEFAULT;

  /** Any difference is enough. */
  private static final RatioRule FAILURES =
      new RatioRule(Ratio.START_FAILURE_PERCENT, Worse.HIGHER, 1.000001, 0, 1, 1);

  @ParameterizedTest
  @ValueSource(ints = {30, 100, 1_000})
  void proportion_isUnusualExactlyIfThatManyAreAsRareAsFourStandardErrors(int trials) {
    double usual = 0.02;
    int unusual = 0;
    double tail = 1;
    for (int events = 0; events <= trials / 2; events++) {
      Judgement judgement =
          Judgement.of(
              new Sample(events, trials, trials), usual * trials, 1, KNOWN_WELL, FAILURES, POLICY);
      // A normal variable is above four standard errors with 3.2e-5; numbers of events are steps.
      assertThat(tail)
          .as("%d of %d or more", events, trials)
          .matches(chance -> judgement.isUnusual() ? chance < 6e-5 : chance > 3e-6);
      unusual += judgement.isUnusual() ? 1 : 0;
      tail -= binomial(events, trials, usual);
    }
    assertThat(unusual).isGreaterThan(5);
  }

  /** That so many of all happen, each with the same probability. */
  private static double binomial(int events, int trials, double probability) {
    double logarithm =
        events * Math.log(probability) + (trials - events) * Math.log1p(-probability);
    for (int i = 1; i <= events; i++) {
      logarithm += Math.log((trials - events + i) / (double) i);
    }
    return Math.exp(logarithm);
  }

  @Test
  void rate_isTheRootOfTheLikelihoodRatio() {
    RatioRule rule = new RatioRule(Ratio.STALLS_PER_HOUR, Worse.HIGHER, 1.5, 0, 25, 1);
    Sample sample = new Sample(180, 3_600_000, 100);

    // 100 expected with a variance of 4 × 100.
    Judgement judgement = Judgement.of(sample, 100, 4, KNOWN_WELL, rule, POLICY);
    assertThat(judgement.z())
        .isEqualTo(Math.sqrt(2 * (180 * Math.log(1.8) - 80) / 4), offset(1e-6));
    assertThat(judgement.value()).isEqualTo(180, offset(1e-9));
    assertThat(judgement.usual()).isEqualTo(100, offset(1e-9));
    assertThat(judgement.isRaised()).isTrue();
    // Learnt from as much as this: together 140 each.
    double both = 180 * Math.log(180 / 140.0) + 100 * Math.log(100 / 140.0);
    assertThat(Judgement.of(sample, 100, 4, 3_600_000, rule, POLICY).z())
        .isEqualTo(Math.sqrt(2 * both / 4), offset(1e-6));
  }

  @Test
  void threeEvents_whereNoneWasSeenForAsLong_areUsual() {
    RatioRule rule = new RatioRule(Ratio.STALLS_PER_HOUR, Worse.HIGHER, 1.5, 0, 25, 1);

    // Half an event is what is taken to be usual after an hour without any.
    Judgement judgement =
        Judgement.of(new Sample(3, 3_600_000, 100), 0.5, 1, 3_600_000, rule, POLICY);

    assertThat(judgement.verdict()).isEqualTo(Verdict.USUAL);
  }

  @Test
  void moreFailuresThanViews_areJudged() {
    // Those whose views began in an earlier window.
    Judgement judgement = Judgement.of(new Sample(60, 50, 50), 1, 1, KNOWN_WELL, FAILURES, POLICY);

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNUSUAL);
    assertThat(judgement.z()).isFinite();
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
