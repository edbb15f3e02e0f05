package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.FrameView;
import io.aircheck.testkit.DeepTestFrame;
import io.aircheck.testkit.TestFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PlanePngTest {
  private static final int WIDTH = 38;
  private static final int HEIGHT = 22;

  /** Noise, which no compression makes smaller, in every plane. */
  private static TestFrame noise() {
    Random random = new Random(7);
    TestFrame frame = TestFrame.painted(WIDTH, HEIGHT, (x, y) -> random.nextInt(256));
    return frame.paint(1, (x, y) -> random.nextInt(256)).paint(2, (x, y) -> random.nextInt(256));
  }

  private static int rows(FrameView frame) {
    int rows = 0;
    for (int p = 0; p < frame.planeCount(); p++) {
      rows += frame.planeHeight(p);
    }
    return rows;
  }

  private static void assertSameSamples(FrameView frame, byte[] decoded) {
    int bytes = frame.bitDepth() > 8 ? 2 : 1;
    int rowBytes = frame.planeWidth(0) * bytes;
    int row = 0;
    for (int p = 0; p < frame.planeCount(); p++) {
      MemorySegment plane = frame.plane(p);
      int used = frame.planeWidth(p) * bytes;
      for (int y = 0; y < frame.planeHeight(p); y++) {
        byte[] wanted =
            plane.asSlice((long) y * frame.stride(p), used).toArray(ValueLayout.JAVA_BYTE);
        int from = row * rowBytes;
        assertThat(Arrays.copyOfRange(decoded, from, from + used)).isEqualTo(wanted);
        row++;
      }
    }
  }

  @Test
  void decode_noiseOfEightBits_isEverySampleAgain() throws Exception {
    TestFrame frame = noise();

    assertSameSamples(frame, PlanePng.decode(PlanePng.encode(frame), WIDTH, rows(frame), false));
  }

  @Test
  void decode_noiseOfTenBits_isEverySampleAgain() throws Exception {
    DeepTestFrame frame = new DeepTestFrame(noise(), 10, null);

    assertSameSamples(frame, PlanePng.decode(PlanePng.encode(frame), 2 * WIDTH, rows(frame), true));
  }

  @Test
  void encode_picture_isReadByOthers() throws Exception {
    TestFrame frame = noise();

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(PlanePng.encode(frame)));

    assertThat(image.getWidth()).isEqualTo(WIDTH);
    assertThat(image.getHeight()).isEqualTo(rows(frame));
    assertThat(image.getRaster().getSample(5, 3, 0)).isEqualTo(frame.get(0, 5, 3));
  }

  @Test
  void decode_cutOff_saysSo() {
    byte[] png = PlanePng.encode(noise());

    assertThatThrownBy(
            () -> PlanePng.decode(Arrays.copyOf(png, png.length / 2), WIDTH, rows(noise()), false))
        .isInstanceOf(IOException.class)
        .hasMessage("a PNG that is cut off");
  }
}
