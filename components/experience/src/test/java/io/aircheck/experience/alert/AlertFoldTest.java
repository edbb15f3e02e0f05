package io.aircheck.experience.alert;

import static io.aircheck.experience.alert.AlertRun.HOUR;
import static io.aircheck.experience.alert.AlertRun.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.experience.alert.AlertChange.Type;
import io.aircheck.experience.alert.Audience.Behaviour;
import io.aircheck.experience.alert.Audience.Part;
import io.aircheck.experience.baseline.BaselinePolicy;
import io.aircheck.experience.baseline.RatioRule;
import io.aircheck.experience.measure.Ratio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlertFoldTest {
  private static final AlertPolicy POLICY = policy(20_000);
  private static final Behaviour NORMAL = (part, millis) -> 0.01;
  private static final Behaviour BAD_B = (part, millis) -> part.cdn().equals("cdn-b") ? 0.04 : 0.01;

  private final AlertRun run = new AlertRun(POLICY, 10_000);

  @Test
  void oneCdnOfThree_worse_isOneAlertAtThatCdnAfterThreeWindows() {
    run.during(HOUR, NORMAL);
    long begin = run.now();
    run.during(10 * MINUTE, BAD_B);

    assertThat(run.opened()).hasSize(1);
    Alert alert = run.opened().getFirst();
    assertThat(alert.cohort()).hasToString("cdn=cdn-b");
    assertThat(alert.ratio()).isEqualTo(Ratio.REBUFFERING_PERCENT);
    assertThat(alert.firstSeenMillis()).isEqualTo(begin);
    assertThat(alert.openedMillis()).isEqualTo(begin + 30_000);
    assertThat(alert.usual()).isCloseTo(1, within(1e-6));
    assertThat(alert.viewers()).isEqualTo(8 * 200);
    assertThat(alert.share()).isCloseTo(1, within(1e-6));
    assertThat(alert.message())
        .startsWith("rebufferingPercent: 100 % of the change is in cdn=cdn-b; ")
        .endsWith(" % instead of 1.00 %, 1600 viewers");
    Alert later = run.state().open().getFirst();
    assertThat(later.value()).isCloseTo(4, within(1e-3));
    assertThat(later.interval().low()).isBetween(3.0, 4.0);
    assertThat(later.interval().high()).isBetween(4.0, 5.0);
    assertThat(run.closed()).isEmpty();
  }

  @Test
  void alert_thatIsOver_closesOnceAndSaysUntilWhenItWas() {
    run.during(HOUR, NORMAL).during(10 * MINUTE, BAD_B);
    long end = run.now();
    run.during(HOUR, NORMAL);

    assertThat(run.opened()).hasSize(1);
    assertThat(run.closed()).hasSize(1);
    Alert closed = run.closed().getFirst();
    assertThat(closed.state()).isEqualTo(Alert.State.CLOSED);
    assertThat(closed.lastSeenMillis()).isBetween(end, end + 2 * MINUTE);
    assertThat(closed.partOf()).isNull();
    assertThat(run.state().open()).isEmpty();
  }

  /** Nothing was expected of the others, and as little came. */
  @Test
  void oneCdnOfThree_whereNobodyEverWaited_isNamedAllTheSame() {
    Behaviour never = (part, millis) -> 0;
    run.during(HOUR, never)
        .during(10 * MINUTE, (part, millis) -> part.cdn().equals("cdn-b") ? 0.2 : 0);

    assertThat(run.opened())
        .extracting(alert -> alert.cohort().toString())
        .containsExactly("cdn=cdn-b");
  }

  @Test
  void oneCountryOfOneCdn_whereNobodyEverWaited_isNamedAllTheSame() {
    run.during(HOUR, (part, millis) -> 0)
        .during(10 * MINUTE, (part, millis) -> isItalyByB(part) ? 0.2 : 0);

    assertThat(run.opened())
        .extracting(alert -> alert.cohort().toString())
        .containsExactly("cdn=cdn-b & country=IT");
  }

  @Test
  void oneCountryOfOneCdn_isOneAlertAtBoth() {
    run.during(HOUR, NORMAL).during(10 * MINUTE, (part, millis) -> isItalyByB(part) ? 0.1 : 0.01);

    assertThat(run.opened())
        .extracting(alert -> alert.cohort().toString())
        .containsExactly("cdn=cdn-b & country=IT");
  }

  @Test
  void twoCausesAtTheSameTime_areTwoAlerts() {
    run.during(HOUR, NORMAL)
        .during(
            10 * MINUTE,
            (part, millis) ->
                part.cdn().equals("cdn-b") ? 0.05 : part.country().equals("IT") ? 0.04 : 0.01);

    assertThat(run.opened())
        .extracting(alert -> alert.cohort().toString())
        .containsExactlyInAnyOrder("cdn=cdn-b", "country=IT");
  }

  @Test
  void allViewers_worse_areOneAlertEverywhere() {
    run.during(HOUR, NORMAL).during(10 * MINUTE, (part, millis) -> 0.04);

    assertThat(run.opened())
        .extracting(alert -> alert.cohort().toString())
        .containsExactly("everywhere");
    assertThat(run.opened().getFirst().message())
        .startsWith("rebufferingPercent: the change is everywhere; ");
  }

  @Test
  void fault_thatSpreads_isTakenOverByTheWiderAlert() {
    run.during(HOUR, NORMAL)
        .during(10 * MINUTE, (part, millis) -> isItalyByB(part) ? 0.1 : 0.01)
        .during(10 * MINUTE, (part, millis) -> part.cdn().equals("cdn-b") ? 0.1 : 0.01);

    assertThat(run.opened())
        .extracting(alert -> alert.cohort().toString())
        .containsExactly("cdn=cdn-b & country=IT", "cdn=cdn-b");
    Alert wider = run.opened().getLast();
    assertThat(run.closed()).hasSize(1);
    assertThat(run.closed().getFirst().partOf()).isEqualTo(wider.id());
    assertThat(wider.firstSeenMillis()).isEqualTo(run.opened().getFirst().firstSeenMillis());
    assertThat(run.state().open()).hasSize(1);
  }

  @Test
  void alert_thatGetsMuchWorse_isToldAgain() {
    run.during(HOUR, NORMAL).during(10 * MINUTE, BAD_B);
    int told = run.changes().size();
    run.during(10 * MINUTE, (part, millis) -> part.cdn().equals("cdn-b") ? 0.2 : 0.01);

    List<AlertChange> more = run.changes().subList(told, run.changes().size());
    assertThat(more).isNotEmpty().allMatch(change -> change.type() == Type.UPDATED);
    assertThat(more.getLast().alert().revision()).isGreaterThan(told);
    assertThat(run.state().open()).hasSize(1);
  }

  @Test
  void nothingWrong_isNoAlertWhateverChanceDoes() {
    Random random = new Random(11);
    // Every part has stalls of 5 s as they come, 1.6 a minute.
    run.during(3 * HOUR, (part, millis) -> 5_000.0 * poisson(random, 4) / (200 * 10_000));

    assertThat(run.changes()).isEmpty();
  }

  @Test
  void tinyCohort_howeverBad_isNoAlert() {
    Behaviour tiny =
        new Behaviour() {
          @Override
          public double stalled(Part part, long millis) {
            return isItalyByB(part) && millis >= AlertRun.START + HOUR ? 0.9 : 0.01;
          }

          @Override
          public long viewers(Part part, long millis) {
            return isItalyByB(part) ? 5 : 1_000;
          }
        };
    run.during(2 * HOUR, tiny);

    assertThat(run.changes()).isEmpty();
  }

  @Test
  void singleBadWindow_isNoAlert() {
    run.during(HOUR, NORMAL).during(10_000, BAD_B).during(10 * MINUTE, NORMAL);

    assertThat(run.changes()).isEmpty();
  }

  @Test
  void slowGrowth_isToldAlthoughNoWindowIsMuchWorseThanTheLast() {
    // Doubles every hour: one per cent more from minute to minute.
    run.during(HOUR, NORMAL)
        .during(
            3 * HOUR,
            (part, millis) -> 0.01 * Math.pow(2, (millis - AlertRun.START - HOUR) / (double) HOUR));

    assertThat(run.opened())
        .extracting(alert -> alert.cohort().toString())
        .containsExactly("everywhere");
    assertThat(run.opened().getFirst().openedMillis()).isLessThan(AlertRun.START + 3 * HOUR);
  }

  @Test
  void nightAndDay_areNoAlert_butADayAtNightIs() {
    AlertRun minutes = new AlertRun(POLICY, MINUTE);
    minutes.during(4 * 24 * HOUR, AlertFoldTest::habit);
    assertThat(minutes.changes()).isEmpty();

    minutes.during(HOUR, (part, millis) -> 0.03);
    assertThat(minutes.opened()).hasSize(1);
  }

  @Test
  void missingWindows_areNotUnusualOnes() {
    run.during(HOUR, NORMAL).during(20_000, BAD_B).missing(10 * MINUTE).during(20_000, BAD_B);
    assertThat(run.changes()).isEmpty();

    run.during(10_000, BAD_B);
    assertThat(run.opened()).hasSize(1);
  }

  @Test
  void alert_whoseViewersHaveGone_ends() {
    run.during(HOUR, NORMAL).during(MINUTE, BAD_B);
    assertThat(run.state().open()).hasSize(1);

    Behaviour without =
        new Behaviour() {
          @Override
          public double stalled(Part part, long millis) {
            return 0.01;
          }

          @Override
          public long viewers(Part part, long millis) {
            return part.cdn().equals("cdn-b") ? 0 : 300;
          }
        };
    run.during(4 * MINUTE, without);
    assertThat(run.closed()).isEmpty();
    run.during(2 * MINUTE, without);
    assertThat(run.closed()).hasSize(1);
  }

  @Test
  void windows_thatComeAgainOrTooLate_changeNothing() {
    run.during(HOUR, NORMAL);
    AlertState before = run.state();
    Audience audience = new Audience(10_000);

    run.take(audience.window(run.now() - 10_000, BAD_B));
    run.take(audience.window(AlertRun.START, BAD_B));
    assertThat(run.state()).isSameAs(before);
    assertThat(run.changes()).isEmpty();
  }

  @Test
  void order_ofRowsInWindows_changesNothing() {
    AlertRun other = new AlertRun(POLICY, 10_000);
    Audience audience = new Audience(10_000);
    run.during(HOUR, NORMAL).during(5 * MINUTE, BAD_B);
    for (long at = AlertRun.START; at < run.now(); at += 10_000) {
      CubeWindow window = audience.window(at, at < AlertRun.START + HOUR ? NORMAL : BAD_B);
      other.take(shuffled(window, at));
    }

    assertThat(other.changes()).isEqualTo(run.changes());
    assertThat(other.state()).isEqualTo(run.state());
  }

  @Test
  void cohorts_areNoMoreThanAllowed_andTheOldestStay() {
    AlertRun few = new AlertRun(policy(10), 10_000);
    few.during(10_000, NORMAL);
    var first = few.state().cohorts().keySet();
    few.during(HOUR, NORMAL);

    assertThat(first).hasSize(10);
    assertThat(few.state().cohorts().keySet()).isEqualTo(first);
  }

  @Test
  void longFault_isWhatIsUsualAfterADay() {
    AlertRun minutes = new AlertRun(POLICY, MINUTE);
    minutes.during(2 * HOUR, NORMAL).during(30 * HOUR, BAD_B);

    assertThat(minutes.opened()).hasSize(1);
    assertThat(minutes.closed()).hasSize(1);
    Alert closed = minutes.closed().getFirst();
    assertThat(closed.lastSeenMillis() - closed.firstSeenMillis()).isBetween(23 * HOUR, 25 * HOUR);
  }

  private static CubeWindow shuffled(CubeWindow window, long seed) {
    List<CubeWindow.Grouping> groupings = new ArrayList<>();
    for (CubeWindow.Grouping grouping : window.groupings()) {
      List<CubeWindow.Row> rows = new ArrayList<>(grouping.rows());
      Collections.shuffle(rows, new Random(seed));
      groupings.add(new CubeWindow.Grouping(grouping.dimensions(), rows));
    }
    return new CubeWindow(window.startMillis(), window.lengthMillis(), groupings);
  }

  private static AlertPolicy policy(int mostCohorts) {
    return policy(mostCohorts, 4_000);
  }

  private static AlertPolicy policy(int mostCohorts, int mostSeasonal) {
    List<RatioRule> rules =
        RatioRule.DEFAULTS.stream()
            .filter(rule -> rule.ratio() == Ratio.REBUFFERING_PERCENT)
            .toList();
    return new AlertPolicy(
        rules, BaselinePolicy.DEFAULT, 3, 6, 6, 300_000, 0.1, mostCohorts, mostSeasonal, 10);
  }

  /** From 1 % at midnight to 3 % at noon and back. */
  private static double habit(Part part, long millis) {
    return 0.02 - 0.01 * Math.cos(2 * Math.PI * (millis - AlertRun.START) / (24 * HOUR));
  }

  private static boolean isItalyByB(Part part) {
    return part.cdn().equals("cdn-b") && part.country().equals("IT");
  }

  /** Knuth's method, for small means. */
  private static int poisson(Random random, double mean) {
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
