package io.aircheck.experience.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.alert.CubeWindow.Grouping;
import io.aircheck.experience.alert.CubeWindow.Row;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much is remembered of many cohorts. */
@SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
@Tag("slow")
final class AlertMemoryTest {
  private static final AlertPolicy USUAL = AlertPolicy.DEFAULT;

  private static AlertPolicy policy(int mostSeasonal) {
    return new AlertPolicy(
        USUAL.rules(),
        USUAL.baseline(),
        USUAL.openAfter(),
        USUAL.closeAfter(),
        USUAL.carryWindows(),
        USUAL.silentMillis(),
        USUAL.relativeNoise(),
        USUAL.mostCohorts(),
        mostSeasonal,
        USUAL.mostAlerts());
  }

  /** A window of an hour that begins; the first contents have the most viewers. */
  private static CubeWindow window(int hour, int first, int contents) {
    List<Row> rows = new ArrayList<>();
    for (int content = first; content < first + contents; content++) {
      long[] sums = Measures.ZERO.toArray();
      long viewers = 50 + 10L * (first + contents - content);
      for (Measure measure : Measure.values()) {
        sums[measure.ordinal()] = viewers;
      }
      rows.add(new Row(List.of("content" + content), Measures.of(sums)));
    }
    return new CubeWindow(
        AlertRun.START + hour * AlertRun.HOUR,
        10_000,
        List.of(new Grouping(List.of("content"), rows)));
  }

  private static SortedSet<String> seasonal(AlertState state) {
    SortedSet<String> seasonal = new TreeSet<>();
    state
        .cohorts()
        .forEach(
            (cohort, watches) -> {
              if (watches.values().stream()
                  .anyMatch(watch -> !watch.baseline().hours().isEmpty())) {
                seasonal.add(cohort.toString());
              }
            });
    return seasonal;
  }

  @Test
  void hoursOfTheWeek_areRememberedOfTheCohortsWithTheMostTrafficAlone() {
    AlertFold fold = new AlertFold(policy(3));
    AlertState state = AlertState.FIRST;
    for (int hour = 0; hour < 5; hour++) {
      state = fold.apply(state, window(hour, 0, 20)).state();
    }
    assertThat(seasonal(state))
        .containsExactly("content=content0", "content=content1", "content=content2");

    // Others come that have more, and after some hours have had more.
    for (int hour = 5; hour < 20; hour++) {
      state = fold.apply(state, window(hour, 100, 40)).state();
    }
    assertThat(seasonal(state))
        .containsExactly("content=content100", "content=content101", "content=content102");
    assertThat(state.cohorts().get(new Combination(Map.of("content", "content0"))))
        .as("it is known as before but for that")
        .isNotNull();
  }

  @Test
  @Tag("slow")
  void asManyCohortsAsThereMayBe_takeAHundredMegabytes() {
    AlertFold fold = new AlertFold(USUAL);
    AlertState state = AlertState.FIRST;
    long before = heapBytes();
    for (int hour = 0; hour < 4; hour++) {
      state = fold.apply(state, window(hour, 0, USUAL.mostCohorts() + 2_000)).state();
    }
    long taken = heapBytes() - before;

    assertThat(state.cohorts()).hasSize(USUAL.mostCohorts());
    assertThat(seasonal(state)).hasSizeBetween(USUAL.mostSeasonal() / 2, USUAL.mostSeasonal());
    assertThat(taken / 1_000_000).as("MB").isLessThan(130);
  }

  private static long heapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
