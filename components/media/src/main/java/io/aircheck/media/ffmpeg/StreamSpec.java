package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to decode a stream, copied from the demuxer so that another thread may use it.
 *
 * @param index number of the stream within the demuxer
 * @param decodable whether it is video or audio (not a cover picture)
 * @param ticks unit of timestamps
 * @param timestampBits width of timestamps
 * @param frameRate nominal pictures per second, 0 when unknown
 */
record StreamSpec(
    int index,
    boolean decodable,
    AVCodecParameters parameters,
    Ticks ticks,
    int timestampBits,
    double frameRate,
    @Nullable String language)
    implements AutoCloseable {

  /** After how long timestamps start over, microseconds; 0: never. */
  long timestampPeriodMicros() {
    return timestampBits >= 63 || timestampBits <= 0 ? 0 : ticks.toMicros(1L << timestampBits);
  }

  boolean video() {
    return parameters.codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
  }

  String codecName() {
    return avcodec.avcodec_get_name(parameters.codec_id()).getString();
  }

  /** The track as the container describes it. */
  Track track(String id) {
    return video()
        ? new Track(
            id,
            TrackType.VIDEO,
            codecName(),
            parameters.width(),
            parameters.height(),
            frameRate,
            0,
            ChannelLayout.NONE,
            language)
        : new Track(
            id,
            TrackType.AUDIO,
            codecName(),
            0,
            0,
            0,
            parameters.sample_rate(),
            Layouts.of(parameters.ch_layout()),
            language);
  }

  @Override
  public void close() {
    avcodec.avcodec_parameters_free(parameters);
  }
}
