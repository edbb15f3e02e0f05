package io.aircheck.experience.exposure;

import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Who watched a content in the latest moments of it: a defect is found after it began, and by then
 * viewers have been shown it.
 */
final class RecentCrowds {
  /** Programme time is kept to this. */
  private static final long GRAIN_MILLIS = 1_000;

  private final long keptMillis;
  private final NavigableMap<Long, Map<Cohort, Crowd>> moments = new TreeMap<>();
  private final ProgrammeClock clock = new ProgrammeClock();

  /**
   * @param keptMillis how much programme is kept
   */
  RecentCrowds(long keptMillis) {
    this.keptMillis = keptMillis;
  }

  /** Adds what is new of a view; returns the moment of the programme that it was shown. */
  long add(SessionDelta delta) {
    long programmeMillis = Math.floorDiv(clock.programmeMillis(delta), GRAIN_MILLIS) * GRAIN_MILLIS;
    if (moments.isEmpty() || programmeMillis >= moments.lastKey() - keptMillis) {
      moments
          .computeIfAbsent(programmeMillis, moment -> new HashMap<>())
          .computeIfAbsent(delta.cohort(), cohort -> new Crowd())
          .add(delta);
      moments.headMap(moments.lastKey() - keptMillis).clear();
    }
    return programmeMillis;
  }

  /** Whether everything since a moment of the programme is kept. */
  boolean reachesBackTo(long programmeMillis) {
    return moments.isEmpty() || programmeMillis >= moments.lastKey() - keptMillis;
  }

  /** Whether nobody has been shown anything since a moment of the programme. */
  boolean isOlderThan(long programmeMillis) {
    return moments.isEmpty() || moments.lastKey() < programmeMillis;
  }

  /** Everybody, by the moment of the programme and the cohort. */
  NavigableMap<Long, Map<Cohort, Crowd>> moments() {
    return moments;
  }
}
