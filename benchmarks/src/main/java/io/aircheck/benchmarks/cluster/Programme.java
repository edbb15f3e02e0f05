package io.aircheck.benchmarks.cluster;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Two minutes of a small programme with two faults, encoded once into segments that are kept in
 * memory, so that serving it costs next to nothing.
 *
 * @param segments of a transport stream
 */
record Programme(List<byte[]> segments) {
  static final long SEGMENT_MILLIS = 2_000;
  static final int SEGMENTS = 60;

  /** How long each fault lasts: longer than the detectors hold back. */
  static final long FAULT_MILLIS = 8_000;

  /** Kind of the fault by the segment in which it begins. */
  static final Map<Integer, String> FAULTS = Map.of(10, "video.black", 40, "audio.silence");

  private static final Scene.Format FORMAT = new Scene.Format(160, 96, 10, 1);
  private static final int PICTURE_BITRATE = 80_000;
  private static final int SOUND_BITRATE = 48_000;

  Programme {
    segments = List.copyOf(segments);
  }

  static Programme encode(Path folder) throws IOException, MediaException {
    Files.createDirectories(folder);
    LivelyScene scene = new LivelyScene(FORMAT, 7);
    MediaWriterFactory writers = ServiceLoader.load(MediaWriterFactory.class).iterator().next();
    int rate = FORMAT.frameRateNumerator();
    int samples = Scene.SAMPLE_RATE / rate;
    // The last segment of an encoder is short.
    long pictures = (SEGMENTS + 1) * SEGMENT_MILLIS / 1000 * rate;
    try (MediaWriter writer = writers.create(request(folder, rate))) {
      for (long index = 0; index < pictures; index++) {
        long millis = index * 1000 / rate;
        Picture picture = scene.draw(index);
        if (holds("video.black", millis)) {
          long pts = picture.ptsMicros();
          picture = new Picture(FORMAT.width(), FORMAT.height()).at(pts, picture.durationMicros());
        }
        AudioView sound = scene.sound(index * samples, samples);
        if (holds("audio.silence", millis)) {
          for (int c = 0; c < sound.channels(); c++) {
            Arrays.fill(sound.channel(c), 0);
          }
        }
        writer.video(picture);
        writer.audio(sound);
      }
      writer.finish();
    }
    List<byte[]> segments = new ArrayList<>();
    for (int i = 0; i < SEGMENTS; i++) {
      segments.add(Files.readAllBytes(folder.resolve("%06d.ts".formatted(i))));
    }
    return new Programme(segments);
  }

  private static boolean holds(String kind, long millis) {
    return FAULTS.entrySet().stream()
        .filter(fault -> fault.getValue().equals(kind))
        .mapToLong(fault -> fault.getKey() * SEGMENT_MILLIS)
        .anyMatch(start -> millis >= start && millis < start + FAULT_MILLIS);
  }

  private static WriteRequest request(Path folder, int rate) {
    return new WriteRequest(
        folder.resolve("index.m3u8"),
        "hls",
        Optional.of(
            new WriteRequest.Video(
                FORMAT.width(),
                FORMAT.height(),
                rate,
                1,
                PICTURE_BITRATE,
                (int) (SEGMENT_MILLIS / 1000 * rate))),
        Optional.of(new WriteRequest.Audio(Scene.SAMPLE_RATE, ChannelLayout.STEREO, SOUND_BITRATE)),
        Map.of(
            "hls_time", Long.toString(SEGMENT_MILLIS / 1000),
            "hls_list_size", "0",
            "hls_segment_filename", folder.resolve("%06d.ts").toString()));
  }
}
