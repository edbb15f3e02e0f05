package io.aircheck.core.observe;

/** Kinds of finding: an open list, each stable once published. */
public final class Kinds {
  public static final String VIDEO_BLACK = "video.black";
  public static final String VIDEO_FREEZE = "video.freeze";
  public static final String VIDEO_PARTIAL_FREEZE = "video.partial_freeze";
  public static final String VIDEO_SOLID_COLOR = "video.solid_color";
  public static final String VIDEO_COLOR_BARS = "video.color_bars";
  public static final String VIDEO_BLOCK_CORRUPTION = "video.block_corruption";
  public static final String VIDEO_STUTTER = "video.stutter";
  public static final String VIDEO_INTERLACING = "video.interlacing";
  public static final String VIDEO_BLUR = "video.blur";
  public static final String VIDEO_LETTERBOX = "video.letterbox";
  public static final String VIDEO_FLASHING = "video.flashing";
  public static final String AUDIO_SILENCE = "audio.silence";
  public static final String AUDIO_CLIPPING = "audio.clipping";
  public static final String AUDIO_LOUDNESS = "audio.loudness";
  public static final String AUDIO_TRUE_PEAK = "audio.true_peak";
  public static final String AUDIO_LOUDNESS_JUMP = "audio.loudness_jump";
  public static final String AUDIO_PHASE_INVERSION = "audio.phase_inversion";
  public static final String AUDIO_CHANNEL_LOSS = "audio.channel_loss";
  public static final String AUDIO_HUM = "audio.hum";
  public static final String AUDIO_DROPOUT = "audio.dropout";
  public static final String SYNC_OFFSET = "sync.offset";
  public static final String STREAM_TIMESTAMP_JUMP = "stream.timestamp_jump";
  public static final String STREAM_GAP = "stream.gap";
  public static final String STREAM_AUDIO_MISSING = "stream.audio_missing";
  public static final String STREAM_VIDEO_MISSING = "stream.video_missing";
  public static final String STREAM_UNAVAILABLE = "stream.unavailable";
  public static final String STREAM_QUARANTINED = "stream.quarantined";
  public static final String STREAM_UNMONITORED = "stream.unmonitored";
  public static final String STREAM_DECODE_ERROR = "stream.decode_error";
  public static final String SPLICE_BREAK = "splice.break";
  public static final String SPLICE_BREAK_OVERRUN = "splice.break_overrun";
  public static final String SPLICE_UNREADABLE = "splice.unreadable";
  public static final String LADDER_CONTENT_MISMATCH = "ladder.content_mismatch";
  public static final String LADDER_MISALIGNED = "ladder.misaligned";

  private Kinds() {}
}
