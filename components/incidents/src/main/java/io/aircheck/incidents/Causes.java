package io.aircheck.incidents;

import io.aircheck.core.observe.Kinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which kinds of finding bring which others about, so that one defect is one incident: when nothing
 * comes from an input, it also stands still and is silent, and nobody needs to be told three times.
 */
final class Causes {
  /** Beginnings of the kinds that each kind brings about. */
  private static final Map<String, List<String>> CONSEQUENCES = new LinkedHashMap<>();

  static {
    CONSEQUENCES.put(
        Kinds.STREAM_UNAVAILABLE,
        List.of("stream.", "manifest.", "transport.", "video.freeze", "audio.silence", "ladder."));
    CONSEQUENCES.put(
        "manifest.stale", List.of("stream.unavailable", "stream.gap", "manifest.segment_slow"));
    CONSEQUENCES.put(
        "manifest.segment_unavailable",
        List.of(
            "stream.gap", "stream.timestamp_jump", "stream.audio_missing", "stream.video_missing"));
    CONSEQUENCES.put(
        "transport.sync_loss",
        List.of("transport.", "stream.decode_error", "stream.gap", Kinds.VIDEO_BLOCK_CORRUPTION));
    CONSEQUENCES.put(
        "transport.continuity_count",
        List.of(
            "stream.decode_error",
            "stream.gap",
            "transport.crc",
            "transport.transport_error",
            "transport.pcr_discontinuity",
            Kinds.VIDEO_BLOCK_CORRUPTION,
            Kinds.AUDIO_DROPOUT));
    CONSEQUENCES.put(Kinds.STREAM_DECODE_ERROR, List.of(Kinds.VIDEO_BLOCK_CORRUPTION));
    CONSEQUENCES.put(Kinds.STREAM_AUDIO_MISSING, List.of("audio."));
    CONSEQUENCES.put(Kinds.STREAM_VIDEO_MISSING, List.of("video."));
    CONSEQUENCES.put(Kinds.VIDEO_BLACK, List.of("video."));
    CONSEQUENCES.put(Kinds.VIDEO_COLOR_BARS, List.of("video.freeze"));
    CONSEQUENCES.put(
        Kinds.LADDER_CONTENT_MISMATCH, List.of(Kinds.LADDER_MISALIGNED, Kinds.SYNC_OFFSET));
  }

  private Causes() {}

  /** Whether a defect of one kind brings about findings of another. */
  static boolean explains(String cause, String kind) {
    return !cause.equals(kind)
        && CONSEQUENCES.getOrDefault(cause, List.of()).stream().anyMatch(kind::startsWith);
  }
}
