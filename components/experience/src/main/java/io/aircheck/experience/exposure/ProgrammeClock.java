package io.aircheck.experience.exposure;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.SessionDelta;

/**
 * Which moment of a live programme a viewer of a content sees: the time by the clock of the service
 * less how far behind the live edge the viewer is. Who does not tell that is taken to be as far
 * behind as the others are in the mean.
 */
final class ProgrammeClock {
  /** Weight of what was known before a new latency, in milliseconds of playing. */
  private static final long MEMORY_MILLIS = 600_000;

  private double meanMillis;
  private double weightMillis;

  /** The moment of the programme that is shown at the beginning of the delta's window. */
  long programmeMillis(SessionDelta delta) {
    Measures measures = delta.measures();
    long weight = measures.get(Measure.LATENCY_MILLIS);
    if (weight <= 0) {
      return delta.windowMillis() - Math.round(meanMillis);
    }
    double latency = (double) measures.get(Measure.LATENCY_AREA) / weight;
    weightMillis = Math.min(MEMORY_MILLIS, weightMillis + weight);
    meanMillis += (latency - meanMillis) * Math.min(1, weight / weightMillis);
    return delta.windowMillis() - Math.round(latency);
  }
}
