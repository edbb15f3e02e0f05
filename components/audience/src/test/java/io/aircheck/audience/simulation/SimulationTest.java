package io.aircheck.audience.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.DayCurve;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.fault.FaultKind;
import io.aircheck.audience.fault.SwitchedFault;
import io.aircheck.audience.fault.Whom;
import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.TrueMeasure;
import io.aircheck.audience.viewer.Post;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulationTest {
  private static final long MINUTE = 60_000;

  private static Simulation run(Audience audience, long seed, Consumer<Post> taker) {
    Simulation simulation = new Simulation(audience, seed, Audiences.BEGIN);
    for (Post post = simulation.next(); post != null; post = simulation.next()) {
      taker.accept(post);
    }
    return simulation;
  }

  private static Sums truth(Audience audience, long seed) {
    return run(audience, seed, post -> {}).truth().total();
  }

  private static List<String> bodies(long seed) {
    List<String> bodies = new ArrayList<>();
    run(
        Audiences.flow(50, 10 * MINUTE),
        seed,
        post -> bodies.add(post.millis() + new String(post.body(), StandardCharsets.UTF_8)));
    return bodies;
  }

  @Test
  void sameSeed_givesTheSameReports_andAnotherGivesOthers() {
    List<String> first = bodies(7);

    assertThat(first).hasSizeGreaterThan(100);
    assertThat(bodies(7)).isEqualTo(first);
    assertThat(bodies(8)).isNotEqualTo(first);
  }

  @Test
  void posts_comeInTheOrderOfTime_withinTheAudience() {
    List<Long> times = new ArrayList<>();
    Simulation simulation =
        run(Audiences.flow(200, 5 * MINUTE), 1, post -> times.add(post.millis()));

    assertThat(times).isSorted();
    assertThat(times.getFirst()).isGreaterThanOrEqualTo(Audiences.BEGIN);
    assertThat(times.getLast()).isLessThanOrEqualTo(Audiences.BEGIN + 5 * MINUTE);
    assertThat(simulation.present()).isZero();
    assertThat(simulation.viewers()).isEqualTo(200);
  }

  @Test
  void reports_haveWhatTheStandardDemands() {
    run(
        Audiences.flow(50, 5 * MINUTE),
        3,
        post -> {
          List<String> lines = new String(post.body(), StandardCharsets.UTF_8).lines().toList();
          assertThat(lines).hasSize(post.reports());
          assertThat(lines)
              .allMatch(
                  line ->
                      line.matches(
                          ".*\\be=[a-z]+,.*sid=\"" + post.session() + "\",sn=\\d+,.*ts=\\d+,v=2"));
        });
  }

  @Test
  void standingAudience_isReplacedAsItLeaves() {
    Simulation simulation =
        new Simulation(
            Audiences.of(new Arrivals.Standing(300, 10_000), 60 * MINUTE), 5, Audiences.BEGIN);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (Post post = simulation.next(); post != null; post = simulation.next()) {
      long since = post.millis() - Audiences.BEGIN;
      if (since > 10_000 && since < 59 * MINUTE) {
        least = Math.min(least, simulation.present());
        most = Math.max(most, simulation.present());
      }
    }

    assertThat(least).isGreaterThanOrEqualTo(299);
    assertThat(most).isEqualTo(300);
    assertThat(simulation.viewers()).isGreaterThan(900);
  }

  @Test
  void arrivals_followTheCurveOfTheDay() {
    long day = 24 * 60 * MINUTE;
    // 1.8e12 ms since the epoch are 8 hours after a midnight: 20:30 is 12.5 hours later.
    long peak = Audiences.BEGIN + 750 * MINUTE;
    Entrance entrance =
        new Entrance(
            new Arrivals.Flow(100_000, DayCurve.EVENING),
            new SplittableRandom(1),
            Audiences.BEGIN,
            Audiences.BEGIN + day);
    int around = 0;
    long before = 0;
    while (entrance.nextMillis() != Entrance.NEVER) {
      assertThat(entrance.nextMillis()).isGreaterThanOrEqualTo(before);
      before = entrance.nextMillis();
      around += Math.abs(before - peak) < 3 * 60 * MINUTE ? 1 : 0;
      entrance.take();
    }

    // Six hours around the peak: 1/4 + 0.8 / pi * sin(pi / 4) of all, within four deviations.
    double share = 0.25 + 0.8 / Math.PI * Math.sin(Math.PI / 4);
    assertThat(around / 100_000.0).isCloseTo(share, within(4 * 0.5 / Math.sqrt(100_000)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void truth_agreesWithItself(long seed) {
    Simulation simulation = run(Audiences.flow(300, 20 * MINUTE), seed, post -> {});
    Sums total = simulation.truth().total();

    for (TrueMeasure measure : TrueMeasure.values()) {
      assertThat(total.get(measure)).as(measure.id()).isNotNegative();
    }
    assertThat(total.get(TrueMeasure.WATCHED_MILLIS))
        .isEqualTo(
            total.get(TrueMeasure.PLAYING_MILLIS)
                + total.get(TrueMeasure.STARTING_MILLIS)
                + total.get(TrueMeasure.STALLED_MILLIS)
                + total.get(TrueMeasure.SEEKING_MILLIS));
    assertThat(total.get(TrueMeasure.ENDED)).isEqualTo(total.get(TrueMeasure.VIEWS));
    assertThat(total.get(TrueMeasure.STARTUPS)).isEqualTo(total.get(TrueMeasure.PLAYS));
    assertThat(
            total.get(TrueMeasure.PLAYS)
                + total.get(TrueMeasure.START_FAILURES)
                + total.get(TrueMeasure.EXITS_BEFORE_START))
        .isLessThanOrEqualTo(total.get(TrueMeasure.VIEWS));
    assertThat(total.get(TrueMeasure.QUALITY_MILLIS))
        .isLessThanOrEqualTo(total.get(TrueMeasure.LADDER_MILLIS));
    for (Dimension dimension : Dimension.values()) {
      Sums sum = new Sums();
      simulation.truth().by(dimension).values().forEach(sum::add);
      assertThat(sum).as(dimension.id()).isEqualTo(total);
    }
  }

  @Test
  void everything_happensToSomebody() {
    Sums total = truth(Audiences.flow(3_000, 60 * MINUTE), 11);

    for (TrueMeasure measure : TrueMeasure.values()) {
      assertThat(total.get(measure)).as(measure.id()).isPositive();
    }
  }

  @Test
  void stallsInACdn_hitItsViewersAlone() {
    String fault = "stalls@0+1200,cdn=cdn-b,times=20";
    Map<String, Sums> broken =
        run(Audiences.flow(1_000, 20 * MINUTE, fault), 2, post -> {}).truth().by(Dimension.CDN);
    Map<String, Sums> clean =
        run(Audiences.flow(1_000, 20 * MINUTE), 2, post -> {}).truth().by(Dimension.CDN);

    assertThat(stallsPerHour(broken, "cdn-b")).isGreaterThan(5 * stallsPerHour(clean, "cdn-b"));
    // The lives of others are the same, to the millisecond, whatever happens in a part of it.
    assertThat(broken.get("cdn-a")).isEqualTo(clean.get("cdn-a"));
    assertThat(broken.get("cdn-c")).isEqualTo(clean.get("cdn-c"));
  }

  private static double stallsPerHour(Map<String, Sums> byCdn, String cdn) {
    Sums sums = byCdn.getOrDefault(cdn, new Sums());
    return 3.6e6 * sums.get(TrueMeasure.STALLS) / sums.get(TrueMeasure.PLAYING_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"start_failures", "slow_start", "failures", "errors", "exits", "low_bitrate"})
  void fault_makesItsMeasureWorse(String kind) {
    Sums clean = truth(Audiences.flow(1_000, 20 * MINUTE), 4);
    Sums broken = truth(Audiences.flow(1_000, 20 * MINUTE, kind + "@0+1200"), 4);

    double[] worse =
        switch (kind) {
          case "start_failures" ->
              ratio(TrueMeasure.START_FAILURES, TrueMeasure.VIEWS, clean, broken);
          case "slow_start" ->
              ratio(TrueMeasure.STARTUP_MILLIS, TrueMeasure.STARTUPS, clean, broken);
          case "failures" ->
              ratio(TrueMeasure.PLAYBACK_FAILURES, TrueMeasure.PLAYING_MILLIS, clean, broken);
          case "errors" -> ratio(TrueMeasure.ERRORS, TrueMeasure.PLAYING_MILLIS, clean, broken);
          case "exits" -> ratio(TrueMeasure.VIEWS, TrueMeasure.WATCHED_MILLIS, clean, broken);
          default -> ratio(TrueMeasure.BITRATE_MILLIS, TrueMeasure.BITS, clean, broken);
        };
    assertThat(worse[1]).isGreaterThan(1.5 * worse[0]);
  }

  private static double[] ratio(TrueMeasure over, TrueMeasure under, Sums clean, Sums broken) {
    return new double[] {
      (double) clean.get(over) / clean.get(under), (double) broken.get(over) / broken.get(under)
    };
  }

  @Test
  void faultThatIsSwitched_hitsItsCohortWhileItIsOn() {
    Whom whom = Whom.with(Map.of(Dimension.CDN, "cdn-b"));
    SwitchedFault fault = new SwitchedFault(FaultKind.STALLS, whom, 30);
    Audience steady = Audiences.flow(2_000, 30 * MINUTE);
    Audience troubled =
        new Audience(
            steady.population(),
            steady.arrivals(),
            steady.habits(),
            List.of(fault),
            steady.reporting(),
            steady.durationMillis());
    Map<Boolean, Integer> hit = new HashMap<>();
    Map<Boolean, Integer> spared = new HashMap<>();

    run(
        troubled,
        5,
        post -> {
          long minute = (post.millis() - Audiences.BEGIN) / MINUTE;
          boolean on = minute >= 10 && minute < 15;
          fault.turn(on, post.millis() - Audiences.BEGIN);
          boolean isHit = post.cohort().value(Dimension.CDN).equals("cdn-b");
          int stalls = new String(post.body(), StandardCharsets.UTF_8).split("sta=r,").length - 1;
          (isHit ? hit : spared).merge(on, stalls, Integer::sum);
        });

    // A sixth of the time, thirty times as often, less those who leave because of it.
    assertThat(hit.get(true)).isGreaterThan(2 * Objects.requireNonNull(hit.get(false)));
    assertThat(spared.get(true)).isPositive().isLessThan(spared.get(false));
  }
}
