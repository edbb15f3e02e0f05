package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.testkit.TestFrame;
import io.aircheck.testkit.TestSound;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Small generated programmes: a grey picture with a moving bar and a soft tone; the picture is
 * white and the tone loud for a tenth of a second at each full second from 1 s on.
 */
final class TestMedia {
  static final int WIDTH = 96;
  static final int HEIGHT = 64;
  static final int RATE = 25;
  static final int SAMPLE_RATE = 48_000;
  private static final int SAMPLES_PER_PICTURE = SAMPLE_RATE / RATE;

  private TestMedia() {}

  static WriteRequest request(
      Path output, String container, ChannelLayout layout, Map<String, String> options) {
    return new WriteRequest(
        output,
        container,
        Optional.of(new WriteRequest.Video(WIDTH, HEIGHT, RATE, 1, 300_000, 12)),
        Optional.of(new WriteRequest.Audio(SAMPLE_RATE, layout, 96_000)),
        options);
  }

  /** Writes a programme into a file. */
  static Path write(Path output, String container, int pictures) throws MediaException {
    return write(output, container, pictures, ChannelLayout.STEREO, Map.of());
  }

  static Path write(
      Path output,
      String container,
      int pictures,
      ChannelLayout layout,
      Map<String, String> options)
      throws MediaException {
    try (MediaWriter writer =
        new FfmpegWriterFactory().create(request(output, container, layout, options))) {
      for (int n = 0; n < pictures; n++) {
        writePicture(writer, n, layout);
      }
      writer.finish();
    }
    return output;
  }

  /** Writes the picture of a number and the sound that goes with it. */
  static void writePicture(MediaWriter writer, int number, ChannelLayout layout)
      throws MediaException {
    long micros = number * 1_000_000L / RATE;
    writer.video(picture(WIDTH, HEIGHT, number).at(micros, 1_000_000 / RATE));
    writer.audio(sound(number, layout));
  }

  static TestSound sound(int number, ChannelLayout layout) {
    return TestSound.generated(
        number * 1_000_000L / RATE, SAMPLE_RATE, layout, SAMPLES_PER_PICTURE, TestMedia::sampleAt);
  }

  static TestFrame picture(int width, int height, int number) {
    if (marked((double) number / RATE)) {
      return TestFrame.grey(width, height, 235);
    }
    int bar = number * 3 % width;
    return TestFrame.painted(width, height, (x, y) -> Math.abs(x - bar) < 6 ? 160 : 60 + y / 4);
  }

  private static double sampleAt(int channel, double seconds) {
    double level = marked(seconds + 1e-9) ? 0.8 : 0.02;
    return level * Math.sin(2 * Math.PI * (400 + 100 * channel) * seconds + Math.PI / 2);
  }

  private static boolean marked(double seconds) {
    return seconds >= 1 && seconds % 1 < 0.1;
  }
}
