package io.aircheck.deploy.serverless;

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

/** Eight seconds of moving pictures and a tone, with nothing from 2.6 s to 5.8 s. */
final class FaultyClip {
  private static final int RATE = 25;
  private static final int SECONDS = 8;

  private FaultyClip() {}

  static void write(Path file) throws MediaException {
    WriteRequest request =
        new WriteRequest(
            file,
            "mpegts",
            Optional.of(new WriteRequest.Video(160, 96, RATE, 1, 600_000, RATE)),
            Optional.of(new WriteRequest.Audio(48_000, ChannelLayout.STEREO, 96_000)),
            Map.of());
    MediaWriterFactory factory = ServiceLoader.load(MediaWriterFactory.class).iterator().next();
    try (MediaWriter writer = factory.create(request)) {
      for (int i = 0; i < SECONDS * RATE; i++) {
        boolean nothing = i >= 65 && i < 145;
        int shift = 3 * i;
        long micros = i * 1_000_000L / RATE;
        writer.video(
            TestFrame.painted(
                    160, 96, (x, y) -> nothing ? 16 : 60 + (x + shift) * (y + 7) / 11 % 120)
                .at(micros, 40_000));
        writer.audio(
            TestSound.generated(
                micros,
                48_000,
                ChannelLayout.STEREO,
                48_000 / RATE,
                (channel, time) -> nothing ? 0 : 0.2 * Math.sin(2 * Math.PI * 440 * time)));
      }
      writer.finish();
    }
  }
}
