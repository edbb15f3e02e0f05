package io.aircheck.core.media;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One elementary stream of an input as the decoder sees it.
 *
 * @param id stable within the input: type word, colon, index among tracks of that type, such as
 *     {@code video:0}
 * @param type what it carries
 * @param codec short codec name as FFmpeg spells it, such as {@code h264}, {@code aac}
 * @param width picture width in luma samples; 0 unless video
 * @param height picture height in luma samples; 0 unless video
 * @param frameRate nominal pictures per second; 0 when unknown or not video
 * @param sampleRate audio samples per second and channel; 0 unless audio
 * @param channelLayout channel roles in sample order; empty layout unless audio
 * @param language ISO 639 code as declared, or null
 */
public record Track(
    String id,
    TrackType type,
    String codec,
    int width,
    int height,
    double frameRate,
    int sampleRate,
    ChannelLayout channelLayout,
    @Nullable String language) {

  public Track {
    Objects.requireNonNull(id);
    Objects.requireNonNull(type);
    Objects.requireNonNull(codec);
    Objects.requireNonNull(channelLayout);
  }

  /** A video track. */
  public static Track video(String id, String codec, int width, int height, double frameRate) {
    return new Track(
        id, TrackType.VIDEO, codec, width, height, frameRate, 0, ChannelLayout.NONE, null);
  }

  /** An audio track. */
  public static Track audio(String id, String codec, int sampleRate, ChannelLayout layout) {
    return new Track(id, TrackType.AUDIO, codec, 0, 0, 0, sampleRate, layout, null);
  }

  /** Number of audio channels; 0 unless audio. */
  public int channels() {
    return channelLayout.size();
  }
}
