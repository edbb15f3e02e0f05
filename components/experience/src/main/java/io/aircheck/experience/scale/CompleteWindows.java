package io.aircheck.experience.scale;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Up to when windows are complete whose sums are told by others. Those of one window come from many
 * workers, each with its next checkpoint: it is complete some time after the first of them, when
 * there are sums by all sets of dimensions; or after some more, when some have failed to come.
 * Thread-safe.
 */
public final class CompleteWindows {
  /** Workers tell the same window within this time, unless one has failed. */
  private static final long TOGETHER_MILLIS = 20_000;

  /** One that has failed may make up for it in this time. */
  private static final long PATIENCE_MILLIS = 90_000;

  private final long windowMillis;
  private final Set<List<String>> sets;

  /** Windows that are not complete, by their starts. */
  private final TreeMap<Long, Begun> begun = new TreeMap<>();

  private long completeMillis = Long.MIN_VALUE;

  /**
   * What there is of a window.
   *
   * @param sinceMillis since when
   * @param sets by which dimensions there are sums
   */
  private record Begun(long sinceMillis, Set<List<String>> sets) {}

  /**
   * Nothing is complete.
   *
   * @param windowMillis length of the windows
   * @param sets of dimensions by which each is told; others do not matter
   */
  public CompleteWindows(long windowMillis, Collection<List<String>> sets) {
    this.windowMillis = windowMillis;
    this.sets = Set.copyOf(sets);
  }

  /** Sums of a window by some dimensions were told. */
  public synchronized void told(long startMillis, List<String> dimensions, long nowMillis) {
    if (startMillis >= completeMillis && sets.contains(dimensions)) {
      begun
          .computeIfAbsent(startMillis, added -> new Begun(nowMillis, new HashSet<>()))
          .sets()
          .add(dimensions);
    }
  }

  /**
   * End of the latest window that is complete, as are all before it.
   *
   * @return {@link Long#MIN_VALUE}: none is
   */
  public synchronized long completeMillis(long nowMillis) {
    while (!begun.isEmpty() && isComplete(begun.firstEntry(), nowMillis)) {
      completeMillis = begun.pollFirstEntry().getKey() + windowMillis;
    }
    return completeMillis;
  }

  private boolean isComplete(Map.Entry<Long, Begun> window, long nowMillis) {
    long age = nowMillis - window.getValue().sinceMillis();
    return age
        >= (window.getValue().sets().size() == sets.size() ? TOGETHER_MILLIS : PATIENCE_MILLIS);
  }
}
