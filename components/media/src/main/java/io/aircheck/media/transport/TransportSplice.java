package io.aircheck.media.transport;

import io.aircheck.core.media.SpliceSignal;
import io.aircheck.media.splice.SpliceCue;
import io.aircheck.media.transport.TransportViolation.MediaClock;

/**
 * A splice of a transport stream, not yet on media time.
 *
 * @param nearest the picture or sound that came last before it; has a time stamp
 */
public record TransportSplice(SpliceCue cue, StreamPoint nearest) {
  private static final int TIME_STAMP_BITS = 33;

  /** The splice on media time: as far from the picture before it as their time stamps are. */
  SpliceSignal toSignal(MediaClock clock) {
    long nearestMicros = clock.mediaMicros(nearest);
    long ticks = cue.pts().orElse(nearest.pts()) - nearest.pts();
    // Time stamps start over: the shorter way round is meant.
    int unused = Long.SIZE - TIME_STAMP_BITS;
    long ahead = ticks << unused >> unused;
    return cue.at(nearestMicros + ahead * 100 / 9);
  }
}
