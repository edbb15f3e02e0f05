package io.aircheck.app;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.testkit.TestFrame;
import io.aircheck.testkit.TestSound;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.IntPredicate;

/** A transport stream of a moving pattern and a tone. */
public final class MovingClip {
  /** Pictures a second. */
  public static final int FRAME_RATE = 25;

  private static final int SAMPLE_RATE = 48_000;

  private MovingClip() {}

  /**
   * Writes one.
   *
   * @param nothing pictures, by number, that are black and without sound
   */
  public static void write(Path file, int seconds, IntPredicate nothing) throws MediaException {
    WriteRequest request =
        new WriteRequest(
            file,
            "mpegts",
            Optional.of(new WriteRequest.Video(160, 96, FRAME_RATE, 1, 600_000, FRAME_RATE)),
            Optional.of(new WriteRequest.Audio(SAMPLE_RATE, ChannelLayout.STEREO, 96_000)),
            Map.of());
    MediaWriterFactory factory = ServiceLoader.load(MediaWriterFactory.class).iterator().next();
    try (MediaWriter writer = factory.create(request)) {
      for (int i = 0; i < seconds * FRAME_RATE; i++) {
        boolean dark = nothing.test(i);
        int shift = 3 * i;
        long micros = i * 1_000_000L / FRAME_RATE;
        writer.video(
            TestFrame.painted(160, 96, (x, y) -> dark ? 16 : 60 + (x + shift) * (y + 7) / 11 % 120)
                .at(micros, 40_000));
        writer.audio(
            TestSound.generated(
                micros,
                SAMPLE_RATE,
                ChannelLayout.STEREO,
                SAMPLE_RATE / FRAME_RATE,
                (channel, time) ->
                    dark
                        ? 0
                        : 0.2 * Math.sin(2 * Math.PI * 440 * time) * (1.2 + Math.sin(9 * time))));
      }
      writer.finish();
    }
  }
}
