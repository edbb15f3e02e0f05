package io.aircheck.experience.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.experience.baseline.Judgement.Verdict;
import io.aircheck.experience.baseline.RatioRule.Worse;
import io.aircheck.experience.measure.Ratio;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class BaselineTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long MINUTE = 60_000;

  /** Monday, 1970-01-05, at midnight. */
  private static final long MONDAY = 4 * DAY;

  private static final BaselinePolicy POLICY = BaselinePolicy.DEFAULT;
  private static final RatioRule RULE =
      new RatioRule(Ratio.START_FAILURE_PERCENT, Worse.HIGHER, 1.5, 1, 25, 1);

  @Test
  void constantRatio_isWhatIsUsual() {
    Baseline baseline = learn(Baseline.NONE, 0, HOUR, hour -> 0.02);

    assertThat(usual(baseline, MONDAY + HOUR)).isEqualTo(0.02, offset(1e-9));
    assertThat(baseline.dispersion(RULE)).isEqualTo(1);
  }

  @Test
  void newViews_areNotJudgedForHalfAnHour() {
    Baseline baseline = learn(Baseline.NONE, 0, 20 * MINUTE, hour -> 0.02);

    assertThat(judge(baseline, 20 * MINUTE, 0.5).verdict()).isEqualTo(Verdict.TOO_NEW);
    assertThat(judge(Baseline.NONE, 0, 0.5).verdict()).isEqualTo(Verdict.TOO_NEW);
    Baseline older = learn(baseline, 20 * MINUTE, 30 * MINUTE, hour -> 0.02);
    assertThat(judge(older, 30 * MINUTE, 0.5).verdict()).isEqualTo(Verdict.UNUSUAL);
  }

  @Test
  void range_isTwoStandardErrorsAroundWhatIsUsual() {
    Baseline baseline = learn(Baseline.NONE, 0, HOUR, hour -> 0.02);

    UsualRange range = baseline.range(MONDAY + HOUR, 400, RULE, POLICY).orElseThrow();
    // Of 400 views 8 are expected to fail, with d E (1 − q) (1 + u / h) of the class above.
    double error = Math.sqrt(8 * 0.98 * (1 + 400 / baseline.under()));
    assertThat(range.value()).isEqualTo(2, offset(1e-9));
    assertThat(range.low()).isEqualTo((8 - 2 * error) / 4, offset(1e-9));
    assertThat(range.high()).isEqualTo((8 + 2 * error) / 4, offset(1e-9));
  }

  @Test
  void range_ofFewViews_isNeitherBelowNothingNorAboveAll() {
    Baseline baseline = learn(Baseline.NONE, 0, HOUR, hour -> 0.5);

    UsualRange range = baseline.range(MONDAY + HOUR, 1, RULE, POLICY).orElseThrow();
    assertThat(range.low()).isZero();
    assertThat(range.high()).isEqualTo(100);
  }

  @Test
  void range_ofNothingOrOfNewViews_isNotKnown() {
    Baseline baseline = learn(Baseline.NONE, 0, HOUR, hour -> 0.02);
    Baseline fresh = learn(Baseline.NONE, 0, 20 * MINUTE, hour -> 0.02);

    assertThat(baseline.range(MONDAY + HOUR, 0, RULE, POLICY)).isEmpty();
    assertThat(fresh.range(MONDAY + 20 * MINUTE, 400, RULE, POLICY)).isEmpty();
  }

  @Test
  void newLevel_isHalfLearntInAnHour() {
    Baseline baseline = learn(Baseline.NONE, 0, 12 * HOUR, hour -> 0.02);
    // 0.025 is not unusual, so it is learnt: after a half-life the middle.
    Baseline after = learn(baseline, 12 * HOUR, 13 * HOUR, hour -> 0.025);

    assertThat(usual(after, MONDAY + 13 * HOUR)).isCloseTo(0.0225, within(1e-4));
  }

  @Test
  void unusualWindows_areNotLearntForADay_thenTheyAreUsual() {
    Baseline baseline = learn(Baseline.NONE, 0, HOUR, hour -> 0.02);
    Baseline hours = learn(baseline, HOUR, 24 * HOUR, hour -> 0.2);

    assertThat(usual(hours, MONDAY + 24 * HOUR)).isEqualTo(0.02, offset(1e-9));
    Baseline accepted = learn(hours, 24 * HOUR, 26 * HOUR, hour -> 0.2);
    assertThat(usual(accepted, MONDAY + 26 * HOUR)).isEqualTo(0.2, offset(1e-9));
  }

  @Test
  void singleOutlier_movesWhatIsUsualByNoMoreThanAFactor() {
    Baseline baseline = learn(Baseline.NONE, 0, 12 * HOUR, hour -> 0.02);
    // Too few views to judge; learnt is what is expected and three standard errors.
    Sample outlier = new Sample(20, 20, 20);
    Judgement judgement = baseline.judge(MONDAY + 12 * HOUR, outlier, RULE, POLICY);
    Baseline after = baseline.learn(MONDAY + 12 * HOUR, outlier, judgement, true, RULE, POLICY);

    assertThat(judgement.verdict()).isEqualTo(Verdict.TOO_LITTLE_TRAFFIC);
    double most = 0.4 + 3 * Math.sqrt(0.4);
    double kept = Math.pow(0.5, 1.0 / 60);
    assertThat(after.over()).isEqualTo(baseline.over() * kept + most, offset(1e-6));
  }

  @Test
  void nightAndDay_areKnownAfterTwoDaysOfEach() {
    // From 1 % at midnight to 3 % at noon and back.
    DoubleUnaryOperator habit = hour -> 0.02 - 0.01 * Math.cos(Math.PI * hour / 12);
    Baseline baseline = learn(Baseline.NONE, 0, 2 * DAY + HOUR, habit);

    assertThat(usual(baseline, MONDAY + 2 * DAY + 3 * HOUR)).isCloseTo(0.01393, within(2e-4));
    assertThat(usual(baseline, MONDAY + 2 * DAY + 12 * HOUR)).isCloseTo(0.02989, within(2e-4));
    // At night as bad as by day.
    assertThat(judge(baseline, 2 * DAY + 2 * HOUR, 0.03).verdict()).isEqualTo(Verdict.UNUSUAL);
    assertThat(judge(baseline, 2 * DAY + 12 * HOUR, 0.03).verdict()).isEqualTo(Verdict.USUAL);
  }

  @Test
  void hourOfTheWeek_isPreferredToThatOfTheDayOnceItHasTwoWeeks() {
    HoursOfWeek hours = HoursOfWeek.NONE;
    int saturday = 5 * 24 + 20;
    for (int week = 0; week < 2; week++) {
      for (int day = 0; day < 7; day++) {
        int slot = day * 24 + 20;
        hours = hours.with(slot, slot == saturday ? 50 : 10, 1_000);
      }
    }

    assertThat(hours.usual(saturday).orElseThrow().quotient()).isCloseTo(0.05, within(1e-6));
    assertThat(hours.usual(20).orElseThrow().quotient()).isCloseTo(0.01, within(1e-6));
    assertThat(hours.usual(21)).isEmpty();
  }

  @Test
  void oneBadDayOfThree_isNotWhatIsUsualAtThatHour() {
    HoursOfWeek hours =
        HoursOfWeek.NONE.with(20, 10, 1_000).with(44, 900, 1_000).with(68, 10, 1_000);

    assertThat(hours.usual(4 * 24 + 20).orElseThrow().quotient()).isCloseTo(0.01, within(1e-6));
  }

  @Test
  void snapshot_ofHours_givesTheSame() {
    HoursOfWeek hours = HoursOfWeek.NONE.with(20, 10, 1_000).with(44, 30, 1_000);

    assertThat(HoursOfWeek.of(hours.toArray())).isEqualTo(hours);
    assertThat(HoursOfWeek.of(HoursOfWeek.NONE.toArray())).isSameAs(HoursOfWeek.NONE);
    assertThatThrownBy(() -> HoursOfWeek.of(new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void burstsOfEvents_makeWindowsLessUnusual() {
    Baseline baseline = Baseline.NONE;
    for (long at = 0; at < 6 * HOUR; at += MINUTE) {
      // 20 expected; 8, 8, 32 and 32 come: every other difference of 24 is 24² / (2 · 20) = 14.4
      double came = at / MINUTE % 4 < 2 ? 8 : 32;
      Sample sample = new Sample(came, 1_000, 1_000);
      Judgement judgement = baseline.judge(MONDAY + at, sample, RULE, POLICY);
      baseline = baseline.learn(MONDAY + at, sample, judgement, true, RULE, POLICY);
    }

    assertThat(baseline.dispersion(RULE)).isCloseTo(7.2, within(0.5));
    assertThat(judge(baseline, 6 * HOUR, 0.04).isUnusual()).isFalse();
    assertThat(judge(baseline, 6 * HOUR, 0.1).isUnusual()).isTrue();
  }

  /** Minutes of a thousand views each. */
  private static Baseline learn(
      Baseline baseline, long from, long to, DoubleUnaryOperator ratioByHour) {
    Baseline after = baseline;
    for (long at = from; at < to; at += MINUTE) {
      double ratio = ratioByHour.applyAsDouble(at / (double) HOUR % 24);
      Sample sample = new Sample(1_000 * ratio, 1_000, 1_000);
      Judgement judgement = after.judge(MONDAY + at, sample, RULE, POLICY);
      after = after.learn(MONDAY + at, sample, judgement, true, RULE, POLICY);
    }
    return after;
  }

  private static Judgement judge(Baseline baseline, long at, double ratio) {
    return baseline.judge(MONDAY + at, new Sample(1_000 * ratio, 1_000, 1_000), RULE, POLICY);
  }

  private static double usual(Baseline baseline, long millis) {
    return baseline.usual(millis, RULE, POLICY).orElseThrow().quotient();
  }
}
