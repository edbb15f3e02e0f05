package io.aircheck.media.segments;

import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.media.playlist.PlaylistSignal;
import io.aircheck.media.playlist.Segment;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares a segment with what its playlist promised. */
final class SegmentChecks {

  /** EXTINF may be wrong by this much without a viewer noticing: seek bars and buffers. */
  static final long TOLERANCE_MICROS = 500_000;

  /** ... or by this share of the real duration, if that is more. */
  static final double TOLERANCE_SHARE = 0.2;

  /** Waiting for less than this empties nobody's buffer, however short the segment is. */
  static final long LEAST_WAIT_MILLIS = 500;

  private SegmentChecks() {}

  /**
   * EXTINF against the target duration (RFC 8216, section 4.3.3.1: not above it when rounded) and
   * against the real duration.
   */
  static Optional<PlaylistSignal> duration(Segment segment, int targetSeconds, OptionalLong real) {
    boolean aboveTarget = Math.round(segment.durationSeconds()) > targetSeconds;
    boolean wrong = false;
    if (real.isPresent()) {
      long difference = Math.abs(segment.durationMicros() - real.getAsLong());
      wrong =
          difference > Math.max(TOLERANCE_MICROS, Math.round(real.getAsLong() * TOLERANCE_SHARE));
    }
    if (!aboveTarget && !wrong) {
      return Optional.empty();
    }
    double extinf = segment.durationSeconds();
    Map<String, Double> values =
        real.isPresent()
            ? Map.of(
                "extinfSeconds",
                extinf,
                "targetDurationSeconds",
                (double) targetSeconds,
                "realSeconds",
                real.getAsLong() / 1e6)
            : Map.of("extinfSeconds", extinf, "targetDurationSeconds", (double) targetSeconds);
    String detail =
        aboveTarget
            ? String.format(
                Locale.ROOT,
                "EXTINF %.3f s is above the target duration %d s",
                extinf,
                targetSeconds)
            : String.format(Locale.ROOT, "EXTINF is %.3f s", extinf);
    if (wrong) {
      detail +=
          String.format(Locale.ROOT, ", the segment really lasts %.3f s", real.getAsLong() / 1e6);
    }
    return Optional.of(PlaylistSignal.instant(Fault.SEGMENT_DURATION, values, detail));
  }

  /** Time spent waiting for a segment against how long it plays. */
  static Optional<PlaylistSignal> delivery(Segment segment, long waitedMillis) {
    double ratio = waitedMillis / 1e3 / Math.max(0.001, segment.durationSeconds());
    if (ratio <= 1 || waitedMillis < LEAST_WAIT_MILLIS) {
      return Optional.empty();
    }
    return Optional.of(
        PlaylistSignal.instant(
            Fault.SEGMENT_SLOW,
            Map.of(
                "downloadSeconds",
                waitedMillis / 1e3,
                "segmentSeconds",
                segment.durationSeconds(),
                "ratio",
                ratio),
            String.format(
                Locale.ROOT,
                "download took %.1f s for %.1f s of media",
                waitedMillis / 1e3,
                segment.durationSeconds())));
  }
}
