package io.aircheck.media.playlist;

import io.aircheck.media.resource.ByteSpan;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One media segment as a playlist announces it.
 *
 * @param sequence media sequence number
 * @param discontinuitySequence discontinuity sequence number
 * @param uri absolute address
 * @param span part of the resource, or empty for all of it
 * @param durationMicros EXTINF
 * @param discontinuity whether EXT-X-DISCONTINUITY precedes it
 * @param gap whether it is announced as missing (EXT-X-GAP)
 * @param init media initialization section
 * @param key how it is encrypted, or empty for in the clear
 * @param programTime wall-clock time of its first sample, where announced
 */
public record Segment(
    long sequence,
    long discontinuitySequence,
    URI uri,
    Optional<ByteSpan> span,
    long durationMicros,
    boolean discontinuity,
    boolean gap,
    Optional<InitSection> init,
    Optional<SegmentKey> key,
    Optional<Instant> programTime) {

  /** The same segment under another number. */
  public Segment numbered(long number) {
    return new Segment(
        number,
        discontinuitySequence,
        uri,
        span,
        durationMicros,
        discontinuity,
        gap,
        init,
        key,
        programTime);
  }

  /** EXTINF in seconds. */
  public double durationSeconds() {
    return durationMicros / 1e6;
  }
}
