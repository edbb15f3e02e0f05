package io.aircheck.experience.alert;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.alert.AlertState.Active;
import io.aircheck.experience.baseline.Baseline;
import io.aircheck.experience.baseline.RatioRule;
import io.aircheck.experience.baseline.Sample;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One window being taken in: every cohort learns and is judged, then each ratio's alerts follow.
 */
final class AlertStep {
  private final AlertPolicy policy;
  private final AlertState state;
  private final CubeWindow window;
  private final Map<Combination, Map<Ratio, Watch>> cohorts;
  private final Seasons seasons;

  /** What was seen of each ratio, by the dimensions of its grouping. */
  private final Map<Ratio, Map<List<String>, List<Seen>>> seen = new EnumMap<>(Ratio.class);

  AlertStep(AlertPolicy policy, AlertState state, CubeWindow window) {
    this.policy = policy;
    this.state = state;
    this.window = window;
    cohorts = new HashMap<>(state.cohorts());
    seasons = new Seasons(window, policy.mostSeasonal());
  }

  Step<AlertState, AlertChange> run() {
    for (CubeWindow.Grouping grouping : window.groupings()) {
      for (CubeWindow.Row row : grouping.rows()) {
        take(grouping.dimensions(), row);
      }
    }
    forget();
    seasons.shed(cohorts);
    List<Active> active = new ArrayList<>();
    List<AlertChange> changes = new ArrayList<>();
    for (RatioRule rule : policy.rules()) {
      List<Active> before =
          state.active().stream().filter(open -> open.alert().ratio() == rule.ratio()).toList();
      RatioStep step =
          new RatioStep(policy, rule, window, seen.getOrDefault(rule.ratio(), Map.of()), before);
      step.run();
      active.addAll(step.active());
      changes.addAll(step.changes());
    }
    active.sort(Comparator.comparingLong(open -> open.alert().openedMillis()));
    return Step.of(new AlertState(window.startMillis(), cohorts, active), changes);
  }

  private void take(List<String> dimensions, CubeWindow.Row row) {
    Combination cohort = Combination.of(dimensions, row.values());
    Map<Ratio, Watch> before = cohorts.getOrDefault(cohort, Map.of());
    Map<Ratio, Watch> after = new EnumMap<>(Ratio.class);
    long viewers = Math.max(0, row.sums().get(Measure.VIEWERS));
    boolean seasonal = seasons.hasRoomFor(viewers);
    for (RatioRule rule : policy.rules()) {
      Sample sample = rule.sample(row.sums());
      Watch known = before.get(rule.ratio());
      if (known == null && sample.under() <= 0) {
        continue;
      }
      Watch watch =
          (known == null ? Watch.NONE : known)
              .after(window, sample, isExplained(cohort, rule.ratio()), seasonal, rule, policy);
      after.put(rule.ratio(), watch);
      seen.computeIfAbsent(rule.ratio(), ratio -> new LinkedHashMap<>())
          .computeIfAbsent(dimensions, grouping -> new ArrayList<>())
          .add(new Seen(cohort, dimensions, row.values(), watch, viewers));
    }
    if (!after.isEmpty()) {
      cohorts.put(cohort, Map.copyOf(after));
    }
  }

  /** Whether a cohort is within an open alert that is not old enough to be what is usual now. */
  private boolean isExplained(Combination cohort, Ratio ratio) {
    return state.active().stream()
        .map(Active::alert)
        .anyMatch(
            alert ->
                alert.ratio() == ratio
                    && alert.cohort().covers(cohort)
                    && window.startMillis() - alert.openedMillis()
                        < policy.baseline().acceptMillis());
  }

  /** Forgets the cohorts that were not seen for longest; of those seen now, the newest. */
  private void forget() {
    int tooMany = cohorts.size() - policy.mostCohorts();
    if (tooMany <= 0) {
      return;
    }
    List<Combination> order = new ArrayList<>(cohorts.keySet());
    order.sort(
        Comparator.comparingLong(this::lastSeen)
            .thenComparing(Comparator.comparingLong(this::firstSeen).reversed())
            .thenComparing(Combination::toString));
    order.subList(0, tooMany).forEach(cohorts::remove);
  }

  private long lastSeen(Combination cohort) {
    return cohorts.getOrDefault(cohort, Map.of()).values().stream()
        .mapToLong(Watch::seenMillis)
        .max()
        .orElse(Baseline.NEVER);
  }

  private long firstSeen(Combination cohort) {
    return cohorts.getOrDefault(cohort, Map.of()).values().stream()
        .mapToLong(watch -> watch.baseline().firstMillis())
        .min()
        .orElse(Baseline.NEVER);
  }
}
