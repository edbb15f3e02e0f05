package io.aircheck.media.splice;

import io.aircheck.core.media.SpliceSignal;
import io.aircheck.core.media.SpliceSignal.Type;
import java.util.OptionalLong;

/**
 * A splice, before it is known where in media time it is.
 *
 * @param type see {@link SpliceSignal#type}
 * @param means see {@link SpliceSignal#means}
 * @param eventId see {@link SpliceSignal#eventId}
 * @param pts time stamp of the splice, 33 bits of 90 kHz; empty: at once
 * @param durationMicros see {@link SpliceSignal#durationMicros}
 * @param returnsByItself see {@link SpliceSignal#returnsByItself}
 * @param detail see {@link SpliceSignal#detail}
 */
public record SpliceCue(
    Type type,
    String means,
    String eventId,
    OptionalLong pts,
    OptionalLong durationMicros,
    boolean returnsByItself,
    String detail) {

  /** Splice information of which nothing can be told but that it is there. */
  static SpliceCue opaque(Type type, String detail) {
    return new SpliceCue(
        type, "SCTE 35", "", OptionalLong.empty(), OptionalLong.empty(), false, detail);
  }

  /** The splice on media time. */
  public SpliceSignal at(long ptsMicros) {
    return new SpliceSignal(
        type, means, eventId, ptsMicros, durationMicros, returnsByItself, detail);
  }
}
