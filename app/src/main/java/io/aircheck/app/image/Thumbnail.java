package io.aircheck.app.image;

import io.aircheck.core.media.ColorRange;
import io.aircheck.core.media.FrameView;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;

/** Small JPEGs of pictures. */
public final class Thumbnail {
  /** Width that fits a report, luma samples. */
  public static final int REPORT_WIDTH = 192;

  /** Two-byte samples are little-endian whatever the machine. */
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Thumbnail() {}

  /**
   * Scaled by taking the nearest sample: it is to be recognised, not to be judged.
   *
   * @param width widest that it becomes, in samples
   */
  public static byte[] jpeg(FrameView frame, int width) {
    BufferedImage image = image(frame, width);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static BufferedImage image(FrameView frame, int widest) {
    int width = Math.min(widest, frame.width());
    int height = Math.max(1, Math.round((float) frame.height() * width / frame.width()));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    // High definition is BT.709, smaller pictures BT.601 (ITU-R BT.709, BT.601).
    boolean hd = frame.height() >= 720;
    double kr = hd ? 0.2126 : 0.299;
    double kb = hd ? 0.0722 : 0.114;
    boolean full = frame.colorRange() == ColorRange.FULL;
    double blackLevel = full ? 0 : 16;
    double lumaScale = full ? 1 : 255.0 / 219;
    double chromaScale = full ? 1 : 255.0 / 224;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double luma = (sample(frame, 0, x, y, width, height) - blackLevel) * lumaScale;
        double cb = 0;
        double cr = 0;
        if (frame.planeCount() >= 3) {
          cb = (sample(frame, 1, x, y, width, height) - 128) * chromaScale;
          cr = (sample(frame, 2, x, y, width, height) - 128) * chromaScale;
        }
        double red = luma + 2 * (1 - kr) * cr;
        double blue = luma + 2 * (1 - kb) * cb;
        double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
        image.setRGB(x, y, clamp(red) << 16 | clamp(green) << 8 | clamp(blue));
      }
    }
    return image;
  }

  /** A sample on the 8-bit scale, by the place in the small picture. */
  private static double sample(FrameView frame, int plane, int x, int y, int width, int height) {
    int column = (int) ((x + 0.5) * frame.planeWidth(plane) / width);
    int row = (int) ((y + 0.5) * frame.planeHeight(plane) / height);
    MemorySegment memory = frame.plane(plane);
    long rowStart = (long) row * frame.stride(plane);
    if (frame.bitDepth() == 8) {
      return memory.get(ValueLayout.JAVA_BYTE, rowStart + column) & 0xff;
    }
    int wide = memory.get(SHORT, rowStart + 2L * column) & 0xffff;
    return wide / (double) (1 << (frame.bitDepth() - 8));
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
