package io.aircheck.media.playlist;

import io.aircheck.core.media.ManifestSignal.Fault;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Notices that a live playlist no longer gets new segments.
 *
 * <p>The limit is 3 target durations from the last change that was seen. A server may take 1.5 from
 * one update to the next (draft-pantos-hls-rfc8216bis, section 6.2.1) and jitter of encoders makes
 * 2 an everyday sight; but players start 3 target durations from the end (RFC 8216, section 6.3.3),
 * so after 3 they have nothing left to play.
 */
final class StaleWatch {

  /** Target durations without a new segment after which a playlist is stale. */
  static final double LIMIT_TARGET_DURATIONS = 3.0;

  private long changedMillis;
  private boolean started;
  private boolean stale;

  /** A new segment appeared. Tells the end of a stale time, if there was one. */
  Optional<PlaylistSignal> changed(long nowMillis, int targetSeconds) {
    Optional<PlaylistSignal> end =
        stale
            ? Optional.of(signal(nowMillis, targetSeconds, false, "new segments after"))
            : Optional.empty();
    started = true;
    stale = false;
    changedMillis = nowMillis;
    return end;
  }

  /** No new segment appeared. Tells that the playlist is stale for as long as it is. */
  Optional<PlaylistSignal> unchanged(long nowMillis, int targetSeconds) {
    if (!started || nowMillis - changedMillis <= LIMIT_TARGET_DURATIONS * 1000 * targetSeconds) {
      return Optional.empty();
    }
    stale = true;
    return Optional.of(signal(nowMillis, targetSeconds, true, "no new segment for"));
  }

  /** Wall-clock time at which the last new segment was seen, in milliseconds. */
  long changedMillis() {
    return changedMillis;
  }

  private PlaylistSignal signal(long nowMillis, int targetSeconds, boolean ongoing, String words) {
    double seconds = (nowMillis - changedMillis) / 1e3;
    return new PlaylistSignal(
        Fault.STALE,
        ongoing,
        (nowMillis - changedMillis) * 1000,
        Map.of(
            "unchangedSeconds",
            seconds,
            "targetDurationSeconds",
            (double) targetSeconds,
            "lastChangeEpochSeconds",
            changedMillis / 1e3),
        String.format(
            Locale.ROOT,
            "%s %.1f s, target duration is %d s, a new one is due after at most %.1f s",
            words,
            seconds,
            targetSeconds,
            1.5 * targetSeconds));
  }
}
