package io.aircheck.core.media;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link MediaWriter} is to make.
 *
 * @param output file, or the playlist of an HLS output
 * @param container FFmpeg muxer name: {@code mp4}, {@code mpegts}, {@code matroska}, {@code hls}
 * @param video picture format, or empty for sound alone
 * @param audio sound format, or empty for pictures alone
 * @param muxerOptions FFmpeg muxer options, such as {@code hls_time=2}
 */
public record WriteRequest(
    Path output,
    String container,
    Optional<Video> video,
    Optional<Audio> audio,
    Map<String, String> muxerOptions) {

  public WriteRequest {
    muxerOptions = Map.copyOf(muxerOptions);
  }

  /**
   * H.264, 4:2:0, 8 bits.
   *
   * @param frameRateNumerator pictures per second, numerator: 30000 for 29.97
   * @param frameRateDenominator 1001 for 29.97
   * @param bitrate bits per second
   * @param keyFrameInterval pictures from one key frame to the next
   */
  public record Video(
      int width,
      int height,
      int frameRateNumerator,
      int frameRateDenominator,
      int bitrate,
      int keyFrameInterval) {}

  /**
   * AAC-LC.
   *
   * @param bitrate bits per second
   */
  public record Audio(int sampleRate, ChannelLayout channelLayout, int bitrate) {}
}
