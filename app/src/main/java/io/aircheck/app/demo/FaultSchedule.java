package io.aircheck.app.demo;

import io.aircheck.app.demo.DemoFault.Type;
import java.util.List;

/**
 * When a stream has which faults. Immutable.
 *
 * @param faults those of one round, in time since its beginning
 * @param roundSeconds after which they come again; infinite: once. A whole number of segments, so
 *     that none lies in two rounds
 * @param beginSeconds programme time at which the first round begins, a whole number of segments
 */
record FaultSchedule(List<DemoFault> faults, double roundSeconds, double beginSeconds) {
  /** A stream without faults. */
  static final FaultSchedule CLEAN = once(List.of());

  FaultSchedule {
    faults = List.copyOf(faults);
  }

  /** Each fault once. */
  static FaultSchedule once(List<DemoFault> faults) {
    return every(Double.POSITIVE_INFINITY, faults);
  }

  /** Each fault in every round, from the beginning of the programme on. */
  static FaultSchedule every(double roundSeconds, List<DemoFault> faults) {
    return new FaultSchedule(faults, roundSeconds, 0);
  }

  /** The same faults from the first segment on that has not been begun at a programme time. */
  FaultSchedule after(double programmeSeconds) {
    double segments = Math.floor(programmeSeconds / LiveLadder.SEGMENT_SECONDS) + 1;
    return new FaultSchedule(faults, roundSeconds, segments * LiveLadder.SEGMENT_SECONDS);
  }

  /** What is in it, each once. */
  List<Type> types() {
    return faults.stream().map(DemoFault::type).distinct().toList();
  }

  /** Number of the round at a programme time, from 0; negative before the first. */
  int round(double programmeSeconds) {
    return (int) Math.floor((programmeSeconds - beginSeconds) / roundSeconds);
  }

  /** Time since the beginning of the round at a programme time; negative before the first. */
  double withinRound(double programmeSeconds) {
    return (programmeSeconds - beginSeconds) % roundSeconds;
  }

  /** Whether a fault is in force at a programme time, in whatever rendition. */
  boolean holds(Type type, double programmeSeconds) {
    double seconds = withinRound(programmeSeconds);
    return faults.stream().anyMatch(fault -> fault.type() == type && fault.lasts(seconds));
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
