package io.aircheck.audience.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.FaultKind;
import io.aircheck.audience.fault.SwitchedFault;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.fault.Whom;
import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.Toll;
import io.aircheck.audience.truth.Truth;
import io.aircheck.audience.viewer.Post;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Viewers of streams with something wrong in them. */
final class StreamFaultTest {
  private static final long MINUTE = 60_000;

  /** The nearest and the farthest that a player starts behind the origin. */
  private static final long NEAREST = 3_000;

  private static final long FARTHEST = 12_000;

  private static Simulation run(Fault fault, long seed) {
    Audience steady = Audiences.of(new Arrivals.Standing(2_000, 10_000), 6 * MINUTE);
    return new Simulation(
        new Audience(
            steady.population(),
            steady.arrivals(),
            steady.habits(),
            List.of(fault),
            steady.reporting(),
            steady.durationMillis()),
        seed,
        Audiences.BEGIN);
  }

  private static Truth truth(Fault fault, long seed) {
    Simulation simulation = run(fault, seed);
    while (simulation.next() != null) {
      // To the end.
    }
    return simulation.truth();
  }

  private static Toll toll(Fault fault, long seed) {
    return truth(fault, seed).tolls().of(fault);
  }

  private static List<String> until(Fault fault, long millis) {
    List<String> posts = new ArrayList<>();
    Simulation simulation = run(fault, 3);
    for (Post post = simulation.next();
        post != null && post.millis() < Audiences.BEGIN + millis;
        post = simulation.next()) {
      posts.add(new String(post.body(), StandardCharsets.UTF_8));
    }
    return posts;
  }

  @ParameterizedTest
  @CsvSource({"black, 0.03", "freeze, 0.05", "silence, 0.1"})
  void shareOfThoseWhoSeeIt_leavesInEachSecond(String kind, double share) {
    Toll toll = toll(TimedFault.parse(kind + "@120+20,share=" + share), 1);

    double expected = -Math.log1p(-share) * toll.millis() / 1e3;
    // Within four deviations of a Poisson count.
    assertThat((double) toll.left()).isCloseTo(expected, within(4 * Math.sqrt(expected)));
    assertThat(toll.viewers()).isGreaterThan(toll.left());
    assertThat(toll.stalls()).isZero();
  }

  @Test
  void life_isTheSameUntilTheFaultIsShown() {
    Fault never = TimedFault.parse("black@300+1,share=0.5");
    Fault soon = TimedFault.parse("black@120+30,share=0.5");

    assertThat(until(soon, 2 * MINUTE + NEAREST)).isEqualTo(until(never, 2 * MINUTE + NEAREST));
    assertThat(until(soon, 2 * MINUTE + FARTHEST))
        .isNotEqualTo(until(never, 2 * MINUTE + FARTHEST));
  }

  @Test
  void faultOfAContentOfACdn_leavesOthersAlone() {
    Fault fault = TimedFault.parse("outage@60+120,cdn=cdn-b,content=channel-1");
    Truth truth = truth(fault, 2);
    Simulation flow =
        new Simulation(
            Audiences.flow(500, 6 * MINUTE, "outage@60+120,cdn=cdn-b"), 2, Audiences.BEGIN);
    Simulation clean = new Simulation(Audiences.flow(500, 6 * MINUTE), 2, Audiences.BEGIN);
    while (flow.next() != null) {
      // To the end.
    }
    while (clean.next() != null) {
      // To the end.
    }

    assertThat(truth.tolls().of(fault).stalls()).isPositive();
    Map<String, Sums> byCdn = flow.truth().by(Dimension.CDN);
    assertThat(byCdn.get("cdn-a")).isEqualTo(clean.truth().by(Dimension.CDN).get("cdn-a"));
    assertThat(byCdn.get("cdn-b")).isNotEqualTo(clean.truth().by(Dimension.CDN).get("cdn-b"));
  }

  @Test
  void outage_stallsPlayersOnceTheyHavePlayedWhatTheyHave() {
    assertThat(toll(TimedFault.parse("outage@120+3"), 1).stalls()).isZero();

    Toll toll = toll(TimedFault.parse("outage@120+60"), 1);
    assertThat(toll.stalls()).isGreaterThan(500);
    // Those who bear it wait from the end of what they have to the end of it, all others less.
    assertThat(toll.stalledMillis()).isLessThan(toll.stalls() * (60_000 - NEAREST));
    assertThat(toll.left()).isPositive();
  }

  @Test
  void gap_stallsThoseWhoGetThereForAsLongAsItIs() {
    Toll toll = toll(TimedFault.parse("gap@120+2"), 1);

    assertThat(toll.stalls()).isGreaterThan(500);
    assertThat(toll.stalledMillis()).isLessThanOrEqualTo(toll.stalls() * 2_000);
    assertThat(toll.stalledMillis()).isGreaterThan(toll.stalls() * 1_700);
  }

  @Test
  void faultOfARendition_isShownToThoseWhoWatchIt() {
    long all = toll(TimedFault.parse("black@120+10,share=0.001"), 1).viewers();
    long one = toll(TimedFault.parse("black@120+10,share=0.001,kbps=800"), 1).viewers();

    assertThat((double) one / all).isBetween(0.1, 0.35);
  }

  @Test
  void faultThatIsSwitched_isShownAsOneThatWasKnownBefore() {
    SwitchedFault switched = new SwitchedFault(FaultKind.OUTAGE, Whom.with(Map.of()), 1);
    switched.turn(true, 120_000);
    switched.turn(false, 150_000);

    assertThat(toll(switched, 4)).isEqualTo(toll(TimedFault.parse("outage@120+30"), 4));
  }
}
