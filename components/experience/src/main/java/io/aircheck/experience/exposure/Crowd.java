package io.aircheck.experience.exposure;

import io.aircheck.experience.cube.IdSet;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.SessionDelta;

/** Who watched, and the sums of what they lived through. */
final class Crowd {
  private final IdSet sessions = new IdSet();
  private final long[] sums = Measures.ZERO.toArray();

  void add(SessionDelta delta) {
    if (delta.measures().get(Measure.VIEWERS) > 0) {
      sessions.add(delta.session());
    }
    delta.measures().addTo(sums);
  }

  /**
   * Adds another crowd.
   *
   * @return how many of those who are new here are in a third one
   */
  int addAll(Crowd other, Crowd third) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    return sessions.addAll(other.sessions, third.sessions);
  }

  /** Takes the sums of another crowd out again; who they were stays. */
  void subtractSums(Crowd other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] -= other.sums[i];
    }
  }

  int size() {
    return sessions.size();
  }

  boolean contains(String session) {
    return sessions.contains(session);
  }

  Measures sums() {
    return Measures.of(sums);
  }
}
