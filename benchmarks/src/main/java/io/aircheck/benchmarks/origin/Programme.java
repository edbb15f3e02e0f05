package io.aircheck.benchmarks.origin;

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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A programme with faults, encoded once into segments that are kept in memory, so that serving it
 * costs next to nothing.
 *
 * @param segments of a transport stream, {@value #SEGMENT_MILLIS} ms each
 * @param faults what is wrong in it
 */
public record Programme(List<byte[]> segments, List<Fault> faults) {
  /** Length of a segment. */
  public static final long SEGMENT_MILLIS = 2_000;

  /** Kind of a picture that is black. */
  public static final String BLACK = "video.black";

  /** Kind of sound that is digital silence. */
  public static final String SILENCE = "audio.silence";

  private static final int SOUND_BITRATE = 48_000;
  private static final int SEED = 7;

  public Programme {
    segments = List.copyOf(segments);
    faults = List.copyOf(faults);
  }

  /**
   * Something wrong.
   *
   * @param kind {@link #BLACK} or {@link #SILENCE}
   * @param startMillis since the beginning of the programme
   * @param endMillis likewise
   */
  public record Fault(String kind, long startMillis, long endMillis) {
    boolean holds(String what, long millis) {
      return kind.equals(what) && millis >= startMillis && millis < endMillis;
    }
  }

  /**
   * What to encode.
   *
   * @param format whole pictures a second, which divide 48,000
   * @param pictureBitrate bits a second
   * @param segments how many
   */
  public record Recipe(Scene.Format format, int pictureBitrate, int segments, List<Fault> faults) {
    public Recipe {
      faults = List.copyOf(faults);
    }

    private boolean holds(String kind, long millis) {
      return faults.stream().anyMatch(fault -> fault.holds(kind, millis));
    }
  }

  /**
   * Encodes a lively scene with faults.
   *
   * @param folder for the segments, which stay there
   */
  public static Programme encode(Path folder, Recipe recipe) throws IOException, MediaException {
    Files.createDirectories(folder);
    Scene.Format format = recipe.format();
    LivelyScene scene = new LivelyScene(format, SEED);
    MediaWriterFactory writers = ServiceLoader.load(MediaWriterFactory.class).iterator().next();
    int rate = format.frameRateNumerator();
    int samples = Scene.SAMPLE_RATE / rate;
    // The last segment of an encoder is short.
    long pictures = (recipe.segments() + 1) * SEGMENT_MILLIS / 1000 * rate;
    try (MediaWriter writer = writers.create(request(folder, recipe))) {
      for (long index = 0; index < pictures; index++) {
        long millis = index * 1000 / rate;
        Picture picture = scene.draw(index);
        if (recipe.holds(BLACK, millis)) {
          long pts = picture.ptsMicros();
          picture = new Picture(format.width(), format.height()).at(pts, picture.durationMicros());
        }
        AudioView sound = scene.sound(index * samples, samples);
        if (recipe.holds(SILENCE, millis)) {
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
    for (int i = 0; i < recipe.segments(); i++) {
      segments.add(Files.readAllBytes(folder.resolve("%06d.ts".formatted(i))));
    }
    return new Programme(segments, recipe.faults());
  }

  private static WriteRequest request(Path folder, Recipe recipe) {
    int rate = recipe.format().frameRateNumerator();
    return new WriteRequest(
        folder.resolve("index.m3u8"),
        "hls",
        Optional.of(
            new WriteRequest.Video(
                recipe.format().width(),
                recipe.format().height(),
                rate,
                1,
                recipe.pictureBitrate(),
                (int) (SEGMENT_MILLIS / 1000 * rate))),
        Optional.of(new WriteRequest.Audio(Scene.SAMPLE_RATE, ChannelLayout.STEREO, SOUND_BITRATE)),
        Map.of(
            "hls_time", Long.toString(SEGMENT_MILLIS / 1000),
            "hls_list_size", "0",
            "hls_segment_filename", folder.resolve("%06d.ts").toString()));
  }

  /** The kind of the fault that begins in a segment. */
  public Optional<String> faultIn(int segment) {
    return faults.stream()
        .filter(fault -> fault.startMillis() / SEGMENT_MILLIS == segment)
        .map(Fault::kind)
        .findFirst();
  }

  /** Writes all of it as one transport stream. */
  public Path writeTo(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (byte[] segment : segments) {
        out.write(segment);
      }
    }
    return file;
  }
}
