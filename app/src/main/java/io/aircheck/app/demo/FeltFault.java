package io.aircheck.app.demo;

import io.aircheck.audience.fault.FaultKind;
import io.aircheck.audience.fault.SwitchedFault;
import io.aircheck.audience.fault.Whom;

/**
 * A fault of the demo as its viewers feel it: is there for them when the schedule has it. Followed
 * by one thread.
 */
final class FeltFault {
  private final DemoFault.Type type;
  private final SwitchedFault fault;
  private boolean on;

  FeltFault(DemoFault.Type type, FaultKind kind, Whom whom, double strength) {
    this.type = type;
    this.fault = new SwitchedFault(kind, whom, strength);
  }

  DemoFault.Type type() {
    return type;
  }

  /** The same in the audience. */
  SwitchedFault fault() {
    return fault;
  }

  /**
   * The programme has got to a time.
   *
   * @param millis since the audience began
   */
  void follow(FaultSchedule schedule, double programmeSeconds, long millis) {
    // What is in pictures and sound leaves the origin with its segment, when that is complete.
    boolean isInSegments = type != DemoFault.Type.STALE_PLAYLIST && type != DemoFault.Type.LATE_CDN;
    double behind = isInSegments ? LiveLadder.SEGMENT_SECONDS : 0;
    boolean lasts = schedule.holds(type, programmeSeconds - behind);
    if (lasts != on) {
      on = lasts;
      fault.turn(on, millis);
    }
  }
}
