package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.DecodeError.Fault;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.Track;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.jspecify.annotations.Nullable;

/** Sound of one track as planar floats. */
final class AudioDecoder extends TrackDecoder {
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVFrame floats = avutil.av_frame_alloc();
  private @Nullable SwrContext resampler;
  private int resamplerFormat = -1;
  private float[][] samples = new float[0][0];
  private int sampleCount;
  private int sampleRate;
  private ChannelLayout layout = ChannelLayout.NONE;
  private boolean corrupt;

  AudioDecoder(
      Track track, StreamSpec spec, int number, MediaLimits limits, String where, ErrorSink errors)
      throws MediaException {
    super(track, spec, number, limits, where, errors);
  }

  @Override
  AVFrame target() {
    return frame;
  }

  @Override
  long accept(AVFrame decoded) {
    int count = decoded.nb_samples();
    if (count <= 0 || decoded.sample_rate() <= 0) {
      return -1;
    }
    ChannelLayout decodedLayout = layout;
    if (decoded.ch_layout().nb_channels() != layout.size() || sampleRate != decoded.sample_rate()) {
      decodedLayout = Layouts.of(decoded.ch_layout());
      closeResampler();
    }
    AVFrame planar = decoded;
    if (decoded.format() != avutil.AV_SAMPLE_FMT_FLTP) {
      if (!resample(decoded)) {
        report(Fault.INVALID_DATA, pendingMicros(), "sample format that cannot be converted");
        return -1;
      }
      planar = floats;
    }
    layout = decodedLayout;
    sampleRate = decoded.sample_rate();
    sampleCount = count;
    corrupt =
        (decoded.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || decoded.decode_error_flags() != 0;
    int channels = layout.size();
    if (samples.length != channels || samples[0].length < count) {
      samples = new float[channels][count];
    }
    for (int c = 0; c < channels; c++) {
      MemorySegment plane =
          MemorySegment.ofAddress(planar.extended_data(c).address())
              .reinterpret((long) count * Float.BYTES);
      MemorySegment.copy(plane, ValueLayout.JAVA_FLOAT, 0, samples[c], 0, count);
    }
    if (corrupt) {
      report(Fault.CORRUPT, pendingMicros(), "sound flagged as corrupt");
    }
    return count * 1_000_000L / sampleRate;
  }

  private boolean resample(AVFrame decoded) {
    if (resamplerFormat != decoded.format()) {
      closeResampler();
    }
    if (resampler == null) {
      resampler = swresample.swr_alloc();
      resamplerFormat = decoded.format();
    }
    if (decoded.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
      // The resampler settles on a layout at its start and takes a frame without one for a change.
      avutil.av_channel_layout_default(decoded.ch_layout(), decoded.ch_layout().nb_channels());
    }
    avutil.av_frame_unref(floats);
    avutil.av_channel_layout_copy(floats.ch_layout(), decoded.ch_layout());
    floats.sample_rate(decoded.sample_rate());
    floats.format(avutil.AV_SAMPLE_FMT_FLTP);
    return swresample.swr_convert_frame(resampler, floats, decoded) == 0
        && floats.nb_samples() == decoded.nb_samples();
  }

  private void closeResampler() {
    if (resampler != null) {
      swresample.swr_free(resampler);
      resampler = null;
      resamplerFormat = -1;
    }
  }

  @Override
  void takeFormat() {
    Track old = track();
    if (old.sampleRate() != sampleRate || !old.channelLayout().equals(layout)) {
      track(
          new Track(
              old.id(), old.type(), old.codec(), 0, 0, 0, sampleRate, layout, old.language()));
    }
  }

  @Override
  MediaEvent view(long mediaMicros, boolean late) {
    return new MediaEvent.Audio(
        new SoundView(
            track().id(),
            mediaMicros,
            System.currentTimeMillis(),
            sampleRate,
            layout,
            sampleCount,
            samples,
            corrupt));
  }

  @Override
  public void close() {
    super.close();
    closeResampler();
    avutil.av_frame_free(frame);
    avutil.av_frame_free(floats);
  }
}
