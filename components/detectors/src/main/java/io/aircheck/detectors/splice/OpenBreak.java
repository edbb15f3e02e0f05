package io.aircheck.detectors.splice;

import io.aircheck.core.media.SpliceSignal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * A break that has begun and is not over.
 *
 * @param means see {@link SpliceSignal#means}
 * @param eventId see {@link SpliceSignal#eventId}
 * @param startMicros media time at which it began
 * @param durationMicros announced length
 * @param returnsByItself see {@link SpliceSignal#returnsByItself}
 */
record OpenBreak(
    String means,
    String eventId,
    long startMicros,
    OptionalLong durationMicros,
    boolean returnsByItself) {

  /**
   * A break is announced several times, and in playlists at times that are rounded: beginnings this
   * close are the same.
   */
  private static final long SAME_MICROS = 5_000_000;

  static OpenBreak of(SpliceSignal out) {
    return new OpenBreak(
        out.means(), out.eventId(), out.ptsMicros(), out.durationMicros(), out.returnsByItself());
  }

  /** Whether a signal is about the event of this break. */
  boolean is(SpliceSignal signal) {
    return signal.means().equals(means) && signal.eventId().equals(eventId);
  }

  /** Whether a signal announces this very break once more. */
  boolean isRepeatedBy(SpliceSignal out) {
    return is(out) && Math.abs(out.ptsMicros() - startMicros) <= SAME_MICROS;
  }

  /** With a length that became known later. */
  OpenBreak knowing(OptionalLong duration) {
    return durationMicros.isPresent()
        ? this
        : new OpenBreak(means, eventId, startMicros, duration, returnsByItself);
  }

  /** Media time at which it ought to be over. */
  long plannedEndMicros(long maxMicros) {
    return startMicros + durationMicros.orElse(maxMicros);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeUTF(means);
    state.writeUTF(eventId);
    state.writeLong(startMicros);
    state.writeLong(durationMicros.orElse(-1));
    state.writeBoolean(returnsByItself);
  }

  static OpenBreak restored(DataInput state) throws IOException {
    String means = state.readUTF();
    String eventId = state.readUTF();
    long start = state.readLong();
    long duration = state.readLong();
    return new OpenBreak(
        means,
        eventId,
        start,
        duration < 0 ? OptionalLong.empty() : OptionalLong.of(duration),
        state.readBoolean());
  }
}
