package io.aircheck.app.serve.viewers;

import io.aircheck.audience.simulation.Audience;
import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupRules.Gathering;
import io.aircheck.core.viewer.RollupWindow;
import io.aircheck.experience.cube.CubePortions;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulated audience as a job sums it, in virtual time. */
public final class RolledAudience {
  /** Players have told by then what they did in a window. */
  private static final long CONFIRMED = 60_000;

  private final CubePortions rules = new CubePortions(CubeSpec.minutes(CubeSpec.USUAL));
  private final Gathering<SessionDelta> gathering = rules.gathering();
  private final ReportedAudience audience;

  /** By windows and groupings: what is not told yet, by values. */
  private final TreeMap<Long, Map<Integer, Map<List<String>, Portion>>> waiting = new TreeMap<>();

  /** An audience that begins at a time, milliseconds since the epoch. */
  public RolledAudience(Audience audience, long seed, long beginMillis) {
    this.audience =
        new ReportedAudience(
            audience,
            seed,
            beginMillis,
            news -> news.stream().map(Told::delta).forEach(gathering::add));
  }

  /** The windows that end by a time and were not told before. */
  public List<RollupWindow> until(long millis) {
    audience.until(millis + CONFIRMED, now -> {});
    gathering.drain().forEach(this::add);
    List<RollupWindow> told = new ArrayList<>();
    var ended = waiting.headMap(millis - rules.windowMillis(), true);
    ended.forEach(
        (start, groupings) ->
            groupings.forEach((grouping, rows) -> told.add(window(start, grouping, rows))));
    ended.clear();
    return told;
  }

  private void add(Portion portion) {
    waiting
        .computeIfAbsent(portion.windowMillis(), added -> new HashMap<>())
        .computeIfAbsent(portion.grouping(), added -> new HashMap<>())
        .merge(portion.key(), portion, this::both);
  }

  private Portion both(Portion one, Portion other) {
    return new Portion(
        one.grouping(),
        one.windowMillis(),
        one.key(),
        one.weight() + other.weight(),
        rules.merged(one.grouping(), one.sums(), other.sums()));
  }

  private RollupWindow window(long start, int grouping, Map<List<String>, Portion> rows) {
    return new RollupWindow(
        start,
        rules.windowMillis(),
        rules.groupings().get(grouping),
        true,
        rows.values().stream()
            .map(
                row ->
                    new RollupWindow.Row(
                        row.key(), false, row.weight(), rules.sums(row.sums()), row.sums()))
            .toList());
  }
}
