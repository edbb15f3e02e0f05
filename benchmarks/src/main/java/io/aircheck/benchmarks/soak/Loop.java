package io.aircheck.benchmarks.soak;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.faults.scene.LivelyScene;
import io.aircheck.faults.scene.Picture;
import io.aircheck.faults.scene.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A minute of a programme in two renditions, encoded once into segments of a transport stream and
 * kept in memory, so that serving it costs nothing.
 *
 * @param width of the higher rendition; the lower is half as wide and high
 * @param large segments of the higher rendition
 * @param small segments of the lower
 */
record Loop(int width, int height, List<byte[]> large, List<byte[]> small) {
  static final long SEGMENT_MILLIS = 2000;

  private static final int SEGMENTS = 30;
  private static final int PICTURE_BITRATE = 80_000;
  private static final int SOUND_BITRATE = 48_000;

  Loop {
    large = List.copyOf(large);
    small = List.copyOf(small);
  }

  /** Programmes that differ in size, picture rate and channels of the sound. */
  static List<Loop> encode(Path folder) throws IOException, MediaException {
    return List.of(
        encode(folder.resolve("a"), 1, new Scene.Format(192, 108, 10, 1), ChannelLayout.MONO),
        encode(folder.resolve("b"), 2, new Scene.Format(256, 144, 10, 1), ChannelLayout.STEREO),
        encode(folder.resolve("c"), 3, new Scene.Format(160, 96, 15, 1), ChannelLayout.MONO));
  }

  private static Loop encode(Path folder, long seed, Scene.Format format, ChannelLayout layout)
      throws IOException, MediaException {
    Files.createDirectories(folder.resolve("large"));
    Files.createDirectories(folder.resolve("small"));
    LivelyScene scene = new LivelyScene(format, seed);
    Picture half = new Picture(format.width() / 2, format.height() / 2);
    MediaWriterFactory writers = ServiceLoader.load(MediaWriterFactory.class).iterator().next();
    int rate = format.frameRateNumerator();
    int samples = Scene.SAMPLE_RATE / rate;
    long pictures = SEGMENTS * SEGMENT_MILLIS / 1000 * rate;
    try (MediaWriter large =
            writers.create(request(folder.resolve("large"), format.width(), rate, format, layout));
        MediaWriter small =
            writers.create(
                request(folder.resolve("small"), format.width() / 2, rate, format, layout))) {
      for (long index = 0; index < pictures; index++) {
        Picture picture = scene.draw(index);
        half.halfOf(picture);
        half.at(picture.ptsMicros(), picture.durationMicros());
        AudioView sound = scene.sound(index * samples, samples);
        AudioView heard = layout.size() == 1 ? new LeftChannel(sound) : sound;
        large.video(picture);
        large.audio(heard);
        small.video(half);
        small.audio(heard);
      }
      large.finish();
      small.finish();
    }
    return new Loop(
        format.width(),
        format.height(),
        segments(folder.resolve("large")),
        segments(folder.resolve("small")));
  }

  private static WriteRequest request(
      Path folder, int width, int rate, Scene.Format format, ChannelLayout layout) {
    int keyFrameInterval = (int) (SEGMENT_MILLIS / 1000 * rate);
    return new WriteRequest(
        folder.resolve("index.m3u8"),
        "hls",
        Optional.of(
            new WriteRequest.Video(
                width,
                format.height() * width / format.width(),
                rate,
                1,
                PICTURE_BITRATE,
                keyFrameInterval)),
        Optional.of(new WriteRequest.Audio(Scene.SAMPLE_RATE, layout, SOUND_BITRATE)),
        Map.of(
            "hls_time", Long.toString(SEGMENT_MILLIS / 1000),
            "hls_list_size", "0",
            "hls_segment_filename", folder.resolve("%06d.ts").toString()));
  }

  /** Whole ones only: what is left over at the end is short. */
  private static List<byte[]> segments(Path folder) throws IOException {
    List<byte[]> segments = new ArrayList<>();
    for (int i = 0; i < SEGMENTS - 1; i++) {
      segments.add(Files.readAllBytes(folder.resolve("%06d.ts".formatted(i))));
    }
    return segments;
  }

  /** One channel of two. */
  private record LeftChannel(AudioView both) implements AudioView {
    @Override
    public String trackId() {
      return both.trackId();
    }

    @Override
    public long ptsMicros() {
      return both.ptsMicros();
    }

    @Override
    public long wallClockMillis() {
      return both.wallClockMillis();
    }

    @Override
    public int sampleRate() {
      return both.sampleRate();
    }

    @Override
    public ChannelLayout channelLayout() {
      return ChannelLayout.MONO;
    }

    @Override
    public int sampleCount() {
      return both.sampleCount();
    }

    @Override
    public float[] channel(int index) {
      return both.channel(0);
    }

    @Override
    public boolean corrupt() {
      return both.corrupt();
    }
  }
}
