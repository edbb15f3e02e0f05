package io.aircheck.app.demo;

import io.aircheck.app.demo.DemoFault.Type;
import java.util.List;

/**
 * When a stream has which faults. Immutable.
 *
 * @param faults those of one round, in programme time of the first
 * @param roundSeconds after which they come again; infinite: once. A whole number of segments, so
 *     that none lies in two rounds
 */
record FaultSchedule(List<DemoFault> faults, double roundSeconds) {
  /** A stream without faults. */
  static final FaultSchedule CLEAN = once(List.of());

  FaultSchedule {
    faults = List.copyOf(faults);
  }

  /** Each fault once. */
  static FaultSchedule once(List<DemoFault> faults) {
    return new FaultSchedule(faults, Double.POSITIVE_INFINITY);
  }

  /** Number of the round at a programme time, from 0. */
  int round(double programmeSeconds) {
    return (int) Math.floor(programmeSeconds / roundSeconds);
  }

  /** Programme time within its round. */
  double withinRound(double programmeSeconds) {
    return programmeSeconds % roundSeconds;
  }

  /** Whether a fault is in force at a programme time, in whatever rendition. */
  boolean holds(Type type, double programmeSeconds) {
    double seconds = withinRound(programmeSeconds);
    return faults.stream()
        .anyMatch(
            fault ->
                fault.type() == type
                    && seconds >= fault.startSeconds()
                    && seconds < fault.endSeconds());
  }

  /** Whether a fault concerns any of a segment of a rendition. */
  boolean hits(Type type, long segment, String rendition) {
    double from = withinRound((double) segment * LiveLadder.SEGMENT_SECONDS);
    double to = from + LiveLadder.SEGMENT_SECONDS;
    return faults.stream()
        .anyMatch(
            fault ->
                fault.type() == type
                    && fault.startSeconds() < to
                    && from < fault.endSeconds()
                    && type.rendition().map(rendition::equals).orElse(true));
  }
}
