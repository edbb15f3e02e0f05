package io.aircheck.media.transport;

import org.jspecify.annotations.Nullable;

/** What is known of one PID. */
final class PidState {
  final int pid;
  final ContinuityCounter continuity = new ContinuityCounter();

  /** Tables are put together from this PID. */
  @Nullable SectionAssembler sections;

  /** A programme's clock references come on this PID. */
  @Nullable ProgramClock clock;

  /** It carries pictures or sound of a programme. */
  @Nullable IntervalWatch packets;

  @Nullable IntervalWatch timeStamps;

  /** Tables of this PID that must come often. */
  @Nullable IntervalWatch tables;

  /** It carries splice information of a programme. */
  boolean splice;

  /** Last time stamp on it, 33 bits of 90 kHz, or {@link TsPacket#NO_TIME}. */
  long pts = TsPacket.NO_TIME;

  /** Byte position of the packet with its last time stamp. */
  long ptsPosition;

  /** Place of its last clock reference. */
  StreamPoint reference = new StreamPoint(0, TsPacket.NO_TIME);

  /** Packets of its programme were lost since its last reference. */
  boolean lossSinceReference;

  PidState(int pid) {
    this.pid = pid;
  }

  /** Forgets what a break in the stream makes meaningless. */
  void forget() {
    continuity.forget();
    if (sections != null) {
      sections.reset();
    }
    if (clock != null) {
      clock.forget();
    }
  }
}
