package io.aircheck.app.inject;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.faults.inject.DecodedFaults;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Decodes an input, changes pictures and sound, and encodes them again. */
final class Transcoder {
  private static final int KEY_FRAME_SECONDS = 2;
  private static final int SOUND_BITS_PER_CHANNEL = 64_000;

  /** About 3 Mb/s for 720p30: far above what would show as blocks. */
  private static final double BITS_PER_SAMPLE = 0.12;

  private static final int MIN_BITRATE = 400_000;
  private static final double DEFAULT_RATE = 25;

  /** Where to write, and as what. */
  record Target(Path file, String container, Map<String, String> options) {}

  /** What was written: the first track of each type. */
  record Written(@Nullable Track video, @Nullable Track audio, long durationMicros) {}

  private final MediaSources sources;

  Transcoder(MediaSources sources) {
    this.sources = sources;
  }

  /** What is known of an input before it is decoded. */
  MediaInfo look(String input) throws MediaException {
    try (MediaSource source = sources.open(SourceRequest.of(input))) {
      return source.info();
    }
  }

  /**
   * Makes a copy.
   *
   * @throws MediaException when the input cannot be read or the output cannot be written
   */
  Written copy(String input, Target target, DecodedFaults faults) throws MediaException {
    try (MediaSource source = sources.open(SourceRequest.of(input))) {
      MediaInfo info = source.info();
      Track video = info.first(TrackType.VIDEO).orElse(null);
      Track audio = info.first(TrackType.AUDIO).orElse(null);
      try (MediaWriter writer = writerFactory().create(request(target, video, audio))) {
        long end = pump(source, writer, faults, video, audio);
        writer.finish();
        return new Written(video, audio, end);
      }
    }
  }

  private static long pump(
      MediaSource source,
      MediaWriter writer,
      DecodedFaults faults,
      @Nullable Track video,
      @Nullable Track audio)
      throws MediaException {
    long end = 0;
    while (true) {
      switch (source.next()) {
        case MediaEvent.Video(FrameView frame) when isOf(video, frame.trackId()) -> {
          writer.video(faults.picture(frame));
          end = Math.max(end, frame.ptsMicros() + frame.durationMicros());
        }
        case MediaEvent.Audio(AudioView sound) when isOf(audio, sound.trackId()) -> {
          writer.audio(faults.sound(sound));
          end = Math.max(end, sound.ptsMicros() + sound.durationMicros());
        }
        case MediaEvent.End ended -> {
          return end;
        }
        default -> {}
      }
    }
  }

  private static boolean isOf(@Nullable Track track, String id) {
    return track != null && track.id().equals(id);
  }

  private static WriteRequest request(Target target, @Nullable Track video, @Nullable Track audio) {
    return new WriteRequest(
        target.file(),
        target.container(),
        Optional.ofNullable(video).map(Transcoder::pictures),
        Optional.ofNullable(audio).map(Transcoder::sound),
        target.options());
  }

  private static WriteRequest.Video pictures(Track track) {
    double rate = track.frameRate() > 0 ? track.frameRate() : DEFAULT_RATE;
    // 23.976, 29.97 and 59.94 are thousandths below a whole rate.
    boolean whole = Math.abs(rate - Math.rint(rate)) < 0.005;
    int numerator = whole ? (int) Math.rint(rate) : (int) Math.rint(rate * 1.001) * 1000;
    boolean broadcast = !whole && Math.abs(numerator / 1001.0 - rate) < 0.005;
    int denominator = whole ? 1 : broadcast ? 1001 : 1000;
    return new WriteRequest.Video(
        track.width(),
        track.height(),
        whole || broadcast ? numerator : (int) Math.rint(rate * 1000),
        denominator,
        (int)
            Math.max(MIN_BITRATE, (double) track.width() * track.height() * rate * BITS_PER_SAMPLE),
        (int) Math.max(1, Math.rint(rate * KEY_FRAME_SECONDS)));
  }

  private static WriteRequest.Audio sound(Track track) {
    ChannelLayout layout = track.channelLayout();
    return new WriteRequest.Audio(
        track.sampleRate(), layout, SOUND_BITS_PER_CHANNEL * Math.max(1, layout.size()));
  }

  private static MediaWriterFactory writerFactory() throws MediaException {
    return ServiceLoader.load(MediaWriterFactory.class)
        .findFirst()
        .orElseThrow(
            () -> new MediaException(Reason.UNSUPPORTED, "nothing is installed that writes media"));
  }
}
