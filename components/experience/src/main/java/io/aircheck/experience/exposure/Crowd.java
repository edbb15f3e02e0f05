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

  void addAll(Crowd other) {
    sessions.addAll(other.sessions);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
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

  /** How many of them are not in another crowd. */
  int sizeWithout(Crowd other) {
    return sessions.sizeWithout(other.sessions);
  }

  Measures sums() {
    return Measures.of(sums);
  }
}
