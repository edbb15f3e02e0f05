package io.aircheck.app.serve.players;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.faults.scene.LivelyScene;
import io.aircheck.faults.scene.Scene;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** A file that an element plays by itself while it comes: pictures, sound, and its index first. */
final class Film {
  private static final int RATE = 25;
  private static final int VIDEO_BITRATE = 400_000;
  private static final int AUDIO_BITRATE = 96_000;

  /** What a second of it takes, about. */
  static final int BYTES_PER_SECOND = (VIDEO_BITRATE + AUDIO_BITRATE) / 8;

  private Film() {}

  /** Writes one of this length: an MP4. */
  static void write(Path file, int seconds) throws MediaException {
    Scene.Format format = new Scene.Format(320, 180, RATE, 1);
    LivelyScene scene = new LivelyScene(format, 1);
    MediaWriterFactory writers =
        ServiceLoader.load(MediaWriterFactory.class).findFirst().orElseThrow();
    try (MediaWriter writer = writers.create(request(file, format))) {
      int samples = Scene.SAMPLE_RATE / RATE;
      for (int i = 0; i < seconds * RATE; i++) {
        writer.video(scene.picture(i));
        writer.audio(scene.sound((long) i * samples, samples));
      }
      writer.finish();
    }
  }

  private static WriteRequest request(Path file, Scene.Format format) {
    return new WriteRequest(
        file,
        "mp4",
        Optional.of(
            new WriteRequest.Video(
                format.width(), format.height(), RATE, 1, VIDEO_BITRATE, 2 * RATE)),
        Optional.of(new WriteRequest.Audio(Scene.SAMPLE_RATE, ChannelLayout.STEREO, AUDIO_BITRATE)),
        Map.of("movflags", "+faststart"));
  }
}
