package io.aircheck.detectors.compare;

import io.aircheck.core.media.TimestampScope;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one time line of a ladder. Every rendition counts media time from where it joined, or joined
 * again; what they have in common are the timestamps of the input, which are equal for the same
 * content wherever the discontinuity sequence is. So the first rendition that reaches a
 * discontinuity sequence decides where its timestamps lie in ladder time, without a break against
 * what it showed before, and the others follow by their timestamps. Immutable.
 *
 * <p>Timestamps that would move a rendition further than {@value #REACH_MICROS} microseconds from
 * where it is expected are unrelated to those of its siblings: it goes on where it is expected, and
 * its lag against them means nothing.
 *
 * @param origins where the timestamps of each discontinuity sequence lie, in the order found
 * @param places where each rendition stands
 */
record LadderTimeline(List<Origin> origins, Map<String, Place> places) implements Serializable {
  static final LadderTimeline EMPTY = new LadderTimeline(List.of(), Map.of());

  /** More than the segments of any usual playlist: how far apart renditions may join. */
  static final long REACH_MICROS = 60_000_000;

  /** Origins that a rendition can still follow into. */
  private static final int MOST_ORIGINS = 32;

  LadderTimeline {
    origins = List.copyOf(origins);
    places = Collections.unmodifiableMap(new TreeMap<>(places));
  }

  /**
   * Where timestamps lie.
   *
   * @param sequence discontinuity sequence number
   * @param micros timestamp at ladder time 0
   */
  record Origin(long sequence, long micros) implements Serializable {}

  /**
   * Where a rendition stands.
   *
   * @param shiftMicros ladder time less media time
   * @param primary whether this is the first origin of its sequence: the one that siblings use,
   *     too, unless theirs are unrelated
   */
  record Place(TimestampScope scope, Origin origin, long shiftMicros, boolean primary)
      implements Serializable {}

  /** The time line with a rendition that is, at a media time, in a stretch of its timestamps. */
  LadderTimeline entered(String rendition, TimestampScope scope, long ptsMicros) {
    Place before = places.get(rendition);
    if (before != null && before.scope().equals(scope)) {
      return this;
    }
    long expected = ptsMicros + shiftMicros(rendition);
    List<Origin> known = new ArrayList<>(origins);
    Origin found = null;
    long nearest = Long.MAX_VALUE;
    long shift = expected - ptsMicros;
    for (Origin origin : origins) {
      long time =
          origin.sequence() == scope.sequence() ? at(origin, scope, ptsMicros, expected) : 0;
      long away = Math.abs(time - expected);
      if (origin.sequence() == scope.sequence() && away <= REACH_MICROS && away < nearest) {
        found = origin;
        nearest = away;
        shift = time - ptsMicros;
      }
    }
    if (found == null) {
      found = new Origin(scope.sequence(), scope.offsetMicros() - shift);
      known.add(found);
    }
    Map<String, Place> moved = new HashMap<>(places);
    moved.put(rendition, new Place(scope, found, shift, isFirst(found, known)));
    return new LadderTimeline(
        known.subList(Math.max(0, known.size() - MOST_ORIGINS), known.size()), moved);
  }

  /**
   * Ladder time by an origin; of all times that the wrap of timestamps allows, the expected one.
   */
  private static long at(Origin origin, TimestampScope scope, long ptsMicros, long expected) {
    long time = ptsMicros + scope.offsetMicros() - origin.micros();
    long period = scope.periodMicros();
    return period == 0 ? time : time + Math.floorDiv(expected - time + period / 2, period) * period;
  }

  private static boolean isFirst(Origin origin, List<Origin> among) {
    Optional<Origin> first =
        among.stream().filter(other -> other.sequence() == origin.sequence()).findFirst();
    return first.isPresent() && first.get().equals(origin);
  }

  /** Ladder time less media time of a rendition; 0 before it is known. */
  long shiftMicros(@Nullable String rendition) {
    Place place = rendition == null ? null : places.get(rendition);
    return place == null ? 0 : place.shiftMicros();
  }

  /** Whether a lag between two renditions tells something, rather than where they joined. */
  boolean related(String one, String other) {
    Place a = places.get(one);
    Place b = places.get(other);
    return a != null
        && b != null
        && a.scope().known()
        && b.scope().known()
        && (a.origin().equals(b.origin()) || (a.primary() && b.primary()));
  }

  /** The time line without a rendition that is gone. */
  LadderTimeline without(String rendition) {
    Map<String, Place> left = new HashMap<>(places);
    left.remove(rendition);
    return new LadderTimeline(origins, left);
  }
}
