package io.aircheck.app.viewers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.DayCurve;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.TrueMeasure;
import io.aircheck.audience.viewer.Habit;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What sessions are read to have been is what they were: every measure of simulated viewers, to the
 * millisecond, by the same reports that go over the network.
 */
@Tag("slow")
final class SimulatedAccuracyTest {
  private static final long MINUTE = 60_000;
  private static final int SESSIONS = 2_000;
  private static final int MOST_KBPS = 6000;

  /** Reports that overtake each other within the wait for order, and come again. */
  private static final Troubles DISORDER = new Troubles(1, 1_900, 0, 0.3, 0, 0);

  /** Everything happens to everybody, all the time. */
  private static final Habits LIVELY =
      Habits.USUAL.with(
          Map.ofEntries(
              Map.entry(Habit.STALLS_PER_HOUR, 60.0),
              Map.entry(Habit.SWITCHES_PER_HOUR, 120.0),
              Map.entry(Habit.SEEKS_PER_HOUR, 60.0),
              Map.entry(Habit.PAUSES_PER_HOUR, 30.0),
              Map.entry(Habit.HIDES_PER_HOUR, 60.0),
              Map.entry(Habit.HIDE_SECONDS, 20.0),
              Map.entry(Habit.ZAPS_PER_HOUR, 15.0),
              Map.entry(Habit.AD_BREAKS_PER_HOUR, 20.0),
              Map.entry(Habit.SPEEDS_PER_HOUR, 20.0),
              Map.entry(Habit.ERRORS_PER_HOUR, 10.0),
              Map.entry(Habit.FAILURES_PER_HOUR, 10.0),
              Map.entry(Habit.START_FAILURES, 0.1),
              Map.entry(Habit.PREROLLS, 0.3),
              Map.entry(Habit.RETRIES, 0.8),
              Map.entry(Habit.WRONG_CLOCKS, 0.2)));

  private static Audience audience(long viewers, Habits habits, String... faults) {
    return new Audience(
        Population.before(
            List.of(
                Content.channel("channel-1"),
                Content.channel("channel-2"),
                Content.onDemand("film", 20 * MINUTE))),
        new Arrivals.Flow(viewers, DayCurve.CONSTANT),
        habits,
        List.of(faults).stream().<Fault>map(TimedFault::parse).toList(),
        Reporting.USUAL,
        40 * MINUTE);
  }

  private static void assertTrue(String what, Measures read, Sums truth, long speedChanges) {
    Measures expected = TrueMeasures.of(truth);
    for (TrueMeasure known : TrueMeasure.values()) {
      if (known != TrueMeasure.UNTOLD_MILLIS) {
        Measure measure = Measure.valueOf(known.name());
        assertThat(read.get(measure))
            .as("%s of %s", measure.id(), what)
            .isCloseTo(expected.get(measure), within(precision(known, truth, speedChanges)));
      }
    }
    assertThat(read.get(Measure.LOST)).as("lost of %s", what).isZero();
    assertThat(read.get(Measure.LATE)).as("late of %s", what).isZero();
    assertThat(read.get(Measure.GAP_MILLIS)).as("gaps of %s", what).isZero();
  }

  /**
   * What the milliseconds of a sum are exact to: all are exact but shares of media, which are
   * rounded once for every bitrate and speed.
   */
  private static long precision(TrueMeasure measure, Sums truth, long speedChanges) {
    long views = truth.get(TrueMeasure.VIEWS);
    long switches = truth.get(TrueMeasure.SWITCHES_UP) + truth.get(TrueMeasure.SWITCHES_DOWN);
    long speeds = speedChanges == 0 ? 0 : speedChanges + views;
    return switch (measure) {
      case MEDIA_MILLIS, BITRATE_MILLIS, LADDER_MILLIS -> speeds;
      case BITS -> speeds == 0 ? 0 : (speeds + switches) * MOST_KBPS;
      case QUALITY_MILLIS -> speeds + views + switches;
      default -> 0;
    };
  }

  @Test
  void everySession_isReadAsItWas() {
    for (long seed = 0; seed < SESSIONS; seed++) {
      FoldedAudience one = new FoldedAudience(audience(1, LIVELY), Troubles.NONE, seed);

      assertThat(one.rejections()).isEmpty();
      assertTrue("seed " + seed, one.sum(), one.truth().total(), one.speedChanges());
      assertThat(one.sum().get(Measure.DUPLICATES)).isZero();
    }
  }

  @Test
  void everySession_whoseReportsComeAgainAndInDisorder_isReadAsItWas() {
    for (long seed = 0; seed < SESSIONS; seed++) {
      FoldedAudience one = new FoldedAudience(audience(1, LIVELY), DISORDER, seed);

      assertTrue("seed " + seed, one.sum(), one.truth().total(), one.speedChanges());
      assertThat(one.sum().get(Measure.DUPLICATES)).isEqualTo(one.repeated());
    }
  }

  /** Black and frozen pictures, silence, and a stream that does not go on, for those who look. */
  @Test
  void everySession_whoseStreamHasFaults_isReadAsItWas() {
    for (long seed = 0; seed < SESSIONS; seed++) {
      Audience audience =
          audience(
              1,
              LIVELY,
              "black@300+300,share=0.003",
              "silence@500+900,kbps=800,share=0.001",
              "outage@400+60",
              "gap@700+8",
              "outage@900+400,content=channel-1");
      FoldedAudience one = new FoldedAudience(audience, DISORDER, seed);

      assertTrue("seed " + seed, one.sum(), one.truth().total(), one.speedChanges());
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void audience_withAFault_isReadByContentAndCdnAsItWas(long seed) {
    FoldedAudience all =
        new FoldedAudience(
            audience(2_000, Habits.USUAL, "stalls@600+600,cdn=cdn-b", "start_failures@0+300"),
            DISORDER,
            seed);

    assertTrue("all", all.sum(), all.truth().total(), all.speedChanges());
    Map<String, Sums> contents = all.truth().by(Dimension.CONTENT);
    contents.forEach(
        (content, truth) ->
            assertTrue(
                content,
                all.byContent().getOrDefault(content, Measures.ZERO),
                truth,
                all.speedChanges()));
    Map<String, Sums> cdns = all.truth().by(Dimension.CDN);
    cdns.forEach(
        (cdn, truth) ->
            assertTrue(
                cdn, all.byCdn().getOrDefault(cdn, Measures.ZERO), truth, all.speedChanges()));
    assertThat(all.sum().get(Measure.DUPLICATES)).isEqualTo(all.repeated()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void losses_areCounted_andNothingIsMadeUp(long seed) {
    FoldedAudience all =
        new FoldedAudience(
            audience(200, LIVELY), new Troubles(1, 1_500, 0.1, 0.1, 0.05, 60_000), seed);

    Measures sum = all.sum();
    for (Measure measure : Measure.values()) {
      assertThat(sum.get(measure)).as(measure.id()).isNotNegative();
    }
    assertThat(sum.get(Measure.REPORTS) + sum.get(Measure.DUPLICATES)).isEqualTo(all.delivered());
    // Whose last reports are lost has nothing after them that shows it.
    assertThat(sum.get(Measure.LOST)).isPositive().isLessThanOrEqualTo(all.lostReports());
    assertThat(sum.get(Measure.WATCHED_MILLIS))
        .isEqualTo(
            sum.get(Measure.PLAYING_MILLIS)
                + sum.get(Measure.STARTING_MILLIS)
                + sum.get(Measure.STALLED_MILLIS)
                + sum.get(Measure.SEEKING_MILLIS));
    Sums truth = all.truth().total();
    assertThat(sum.get(Measure.ENDED)).isEqualTo(sum.get(Measure.VIEWS));
    assertThat(sum.get(Measure.PLAYS)).isLessThanOrEqualTo(truth.get(TrueMeasure.PLAYS));
    assertThat(sum.get(Measure.VIEWS)).isLessThanOrEqualTo(truth.get(TrueMeasure.VIEWS));
  }
}
