package io.aircheck.benchmarks.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a run has told.
 *
 * @param faults what became of each fault on air that can be judged
 * @param others incidents that are about no fault on air, by cause
 */
record Told(Map<SteadyOrigin.OnAir, Fate> faults, Map<String, Integer> others) {
  Told {
    faults = Map.copyOf(faults);
    others = Map.copyOf(others);
  }

  /** How many faults of each kind came to what. */
  Map<String, Map<String, Long>> summary() {
    return faults.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                entry -> entry.getKey().kind(),
                TreeMap::new,
                Collectors.groupingBy(
                    entry -> entry.getValue().word(), TreeMap::new, Collectors.counting())));
  }

  /**
   * What this run has lost, doubled or made up beside an undisturbed one, a line each.
   *
   * <p>The two runs begin at other moments of the wall clock, so that not the same faults are on
   * air: each fault of each run has to be one incident. What an undisturbed run makes of the same
   * media beside them is no fault of the disturbance; anything else is. An incident that recurs
   * because its stream was not watched for a while is still one.
   */
  List<String> differencesFrom(Told undisturbed) {
    List<String> differences = new ArrayList<>();
    Set<String> kinds = new TreeSet<>();
    undisturbed.faults.keySet().forEach(fault -> kinds.add(fault.kind()));
    if (kinds.isEmpty()) {
      differences.add("undisturbed: no fault was on air for long enough");
    }
    for (Map.Entry<SteadyOrigin.OnAir, Fate> entry : sorted(undisturbed.faults)) {
      if (!entry.getValue().isUndisturbed()) {
        differences.add("undisturbed: " + line(entry));
      }
    }
    for (String kind : kinds) {
      if (faults.keySet().stream().noneMatch(fault -> fault.kind().equals(kind))) {
        differences.add("disturbed: no %s was on air for long enough".formatted(kind));
      }
    }
    for (Map.Entry<SteadyOrigin.OnAir, Fate> entry : sorted(faults)) {
      if (!entry.getValue().isOneIncident()) {
        differences.add("disturbed: " + line(entry));
      }
    }
    new TreeMap<>(others)
        .forEach(
            (cause, count) -> {
              if (!undisturbed.others.containsKey(cause)) {
                differences.add(
                    "disturbed: %d incidents of %s, which was not on air".formatted(count, cause));
              }
            });
    return differences;
  }

  private static List<Map.Entry<SteadyOrigin.OnAir, Fate>> sorted(
      Map<SteadyOrigin.OnAir, Fate> faults) {
    return faults.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<SteadyOrigin.OnAir, Fate> entry) -> entry.getKey().startMillis())
                .thenComparing(entry -> entry.getKey().stream()))
        .toList();
  }

  private static String line(Map.Entry<SteadyOrigin.OnAir, Fate> entry) {
    SteadyOrigin.OnAir fault = entry.getKey();
    Fate fate = entry.getValue();
    return "%s of %s is %s: opened %d, closed %d, recurred %d"
        .formatted(
            fault.kind(),
            fault.stream(),
            fate.word(),
            fate.opened(),
            fate.closed(),
            fate.recurred());
  }
}
