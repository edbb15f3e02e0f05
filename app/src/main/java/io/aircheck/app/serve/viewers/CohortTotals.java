package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ViewerMetricSettings;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.feed.RisingSums;
import io.aircheck.experience.feed.SumFeed;
import io.aircheck.experience.feed.SumRow;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums of viewers by some dimensions since the start of the process, for systems that come and look
 * at counters. None of them falls. Bounded: what has no room is summed as others, and who has not
 * been there for an hour makes room. Thread-safe.
 */
public final class CohortTotals {
  private static final long FORGET_MILLIS = 3_600_000;

  /** Players tell what they did with their next report, in up to half a minute, or in 90 s not. */
  private static final long SETTLE_MILLIS = 120_000;

  private static final Key OTHERS = new Key(List.of(), true);

  /**
   * Sums of some viewers.
   *
   * @param values of the dimensions; none for the others
   * @param others whether they are all that have no sums of their own
   * @param sums since the start, or since they were there again
   * @param viewers how many watched in the latest window
   */
  public record Total(List<String> values, boolean others, Measures sums, long viewers) {
    public Total {
      values = List.copyOf(values);
    }
  }

  private final List<String> by;
  private final int most;
  private final long windowMillis;
  private final SumFeed feed;
  private final RisingSums rising = new RisingSums();
  private final Map<Key, Counted> counted = new LinkedHashMap<>();
  private long latestMillis = Long.MIN_VALUE;

  /**
   * Whose sums they are.
   *
   * @param others whether they are those that had no room
   */
  private record Key(List<String> values, boolean others) {}

  private static final class Counted {
    private Measures sums = Measures.ZERO;
    private long viewers;
    private long seenMillis;
  }

  private CohortTotals(List<String> by, int most, long windowMillis, SumFeed feed) {
    this.by = by;
    this.most = most;
    this.windowMillis = windowMillis;
    this.feed = feed;
  }

  /**
   * None yet.
   *
   * @param startedMillis windows that are over then are not counted
   */
  static CohortTotals of(
      ViewerMetricSettings settings, CubeSpec spec, RecentCube cube, long startedMillis) {
    SumFeed.Shape shape =
        new SumFeed.Shape(List.of(settings.by()), spec.windowMillis(), SETTLE_MILLIS);
    return new CohortTotals(
        settings.by(),
        settings.most(),
        spec.windowMillis(),
        new SumFeed(spec, cube, shape, startedMillis, startedMillis));
  }

  /** What the values are of. */
  public List<String> by() {
    return by;
  }

  /** Adds the windows that have become complete. */
  synchronized void look(long advancedMillis) {
    if (most == 0) {
      return;
    }
    for (var window = feed.next(advancedMillis);
        window.isPresent();
        window = feed.next(advancedMillis)) {
      take(window.get());
      feed.passed(window.get());
    }
    long now = advancedMillis - SETTLE_MILLIS - windowMillis;
    counted.values().removeIf(one -> one.seenMillis < now - FORGET_MILLIS);
    if (latestMillis <= now - windowMillis) {
      counted.values().forEach(one -> one.viewers = 0);
    }
  }

  private void take(SumFeed.Window window) {
    latestMillis = window.startMillis();
    counted.values().forEach(one -> one.viewers = 0);
    Map<Key, Measures> sums = new HashMap<>();
    for (SumRow row : window.rows()) {
      Key key = key(row);
      sums.merge(key, row.cell().sums(), Measures::plus);
      Counted one = counted.computeIfAbsent(key, added -> new Counted());
      one.seenMillis = window.startMillis();
      one.viewers += row.cell().sums().get(Measure.VIEWERS);
    }
    sums.forEach(
        (key, sum) -> {
          Counted one = counted.get(key);
          if (one != null) {
            one.sums = one.sums.plus(rising.add(key.toString(), sum));
          }
        });
  }

  private Key key(SumRow row) {
    Key own = new Key(row.values(), row.others());
    return counted.containsKey(own) || counted.size() < most ? own : OTHERS;
  }

  /** All that have sums. */
  public synchronized List<Total> all() {
    List<Total> all = new ArrayList<>();
    counted.forEach(
        (key, one) -> all.add(new Total(key.values(), key.others(), one.sums, one.viewers)));
    return all;
  }
}
