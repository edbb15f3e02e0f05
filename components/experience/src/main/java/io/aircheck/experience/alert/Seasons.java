package io.aircheck.experience.alert;

import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cohorts may remember hours of the week, which take a lot more than all else that is known
 * of them: in a window those with the most viewers may begin to, and of all that do those with the
 * most traffic over the weeks go on.
 */
final class Seasons {
  /** After so long without any, traffic counts half. */
  private static final double HALF_LIFE_MILLIS = 7 * 86_400_000.0;

  private final CubeWindow window;
  private final int most;

  /** With no more viewers than this a cohort may not begin. */
  private final long tooFew;

  Seasons(CubeWindow window, int most) {
    this.window = window;
    this.most = most;
    List<Long> viewers = new ArrayList<>();
    for (CubeWindow.Grouping grouping : window.groupings()) {
      grouping.rows().forEach(row -> viewers.add(row.sums().get(Measure.VIEWERS)));
    }
    if (viewers.size() <= most) {
      tooFew = -1;
    } else {
      viewers.sort(Comparator.reverseOrder());
      tooFew = Math.max(0, viewers.get(most));
    }
  }

  /** Whether a cohort with so many viewers in this window may begin to. */
  boolean hasRoomFor(long viewers) {
    return viewers > tooFew;
  }

  /** Takes hours of the week from the cohorts with the least traffic, if too many have some. */
  void shed(Map<Combination, Map<Ratio, Watch>> cohorts) {
    List<Combination> seasonal = new ArrayList<>();
    cohorts.forEach(
        (cohort, watches) -> {
          if (watches.values().stream().anyMatch(watch -> !watch.baseline().hours().isEmpty())) {
            seasonal.add(cohort);
          }
        });
    int tooMany = seasonal.size() - most;
    if (tooMany <= 0) {
      return;
    }
    Map<Combination, Double> traffic = new HashMap<>();
    seasonal.forEach(
        cohort -> traffic.put(cohort, traffic(cohorts.getOrDefault(cohort, Map.of()))));
    seasonal.sort(
        Comparator.comparingDouble((Combination cohort) -> traffic.getOrDefault(cohort, 0.0))
            .thenComparing(Combination::toString));
    for (Combination light : seasonal.subList(0, tooMany)) {
      Map<Ratio, Watch> without = new LinkedHashMap<>();
      cohorts
          .getOrDefault(light, Map.of())
          .forEach((ratio, watch) -> without.put(ratio, watch.withoutHours()));
      cohorts.put(light, Map.copyOf(without));
    }
  }

  private double traffic(Map<Ratio, Watch> watches) {
    return watches.values().stream()
        .mapToDouble(
            watch ->
                watch.baseline().hours().traffic()
                    * Math.pow(2, (watch.seenMillis() - window.startMillis()) / HALF_LIFE_MILLIS))
        .sum();
  }
}
