package io.aircheck.deploy.serverless;

import io.aircheck.core.media.FrameView;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Planes of a picture as a grey PNG (W3C PNG, third edition), one below the other: lossless, of 8
 * bits for a sample or of 16. Rows are filtered by "Up", which costs little and suits pictures.
 */
final class PlanePng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final int FILTER_UP = 2;

  private PlanePng() {}

  /** Every plane of a picture. */
  static byte[] encode(FrameView frame) {
    int bytes = frame.bitDepth() > 8 ? 2 : 1;
    int width = 0;
    int height = 0;
    for (int p = 0; p < frame.planeCount(); p++) {
      width = Math.max(width, frame.planeWidth(p));
      height += frame.planeHeight(p);
    }
    byte[] raw = new byte[height * (1 + width * bytes)];
    byte[] above = new byte[width * bytes];
    byte[] row = new byte[width * bytes];
    int at = 0;
    for (int p = 0; p < frame.planeCount(); p++) {
      MemorySegment plane = frame.plane(p);
      int used = frame.planeWidth(p) * bytes;
      for (int y = 0; y < frame.planeHeight(p); y++) {
        MemorySegment.copy(plane, ValueLayout.JAVA_BYTE, (long) y * frame.stride(p), row, 0, used);
        Arrays.fill(row, used, row.length, (byte) 0);
        if (bytes == 2) {
          swap(row);
        }
        raw[at++] = FILTER_UP;
        for (int i = 0; i < row.length; i++) {
          raw[at++] = (byte) (row[i] - above[i]);
        }
        byte[] other = above;
        above = row;
        row = other;
      }
    }
    return file(width, height, bytes * 8, raw);
  }

  /** PNG has the high byte of a sample first, pictures the low one. */
  private static void swap(byte[] row) {
    for (int i = 0; i + 1 < row.length; i += 2) {
      byte low = row[i];
      row[i] = row[i + 1];
      row[i + 1] = low;
    }
  }

  private static byte[] file(int width, int height, int bits, byte[] raw) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(raw.length / 2);
    file.writeBytes(SIGNATURE);
    byte[] header =
        ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits).put((byte) 0).array();
    chunk(file, "IHDR", header, header.length);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(raw);
      deflater.finish();
      // Deflate adds five bytes for each 16 KiB that it cannot compress, and a little at the ends.
      byte[] data = new byte[raw.length + raw.length / 1_000 + 64];
      chunk(file, "IDAT", data, deflater.deflate(data));
    } finally {
      deflater.end();
    }
    chunk(file, "IEND", new byte[0], 0);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data, int length) {
    byte[] body = Arrays.copyOf(type.getBytes(StandardCharsets.US_ASCII), 4 + length);
    System.arraycopy(data, 0, body, 4, length);
    CRC32 crc = new CRC32();
    crc.update(body);
    try (DataOutputStream out = new DataOutputStream(file)) {
      out.writeInt(length);
      out.write(body);
      out.writeInt((int) crc.getValue());
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  /**
   * The rows of a picture that {@link #encode} wrote, without gaps, one plane after the other, each
   * as wide as the widest; samples of 16 bits little-endian, as in a {@link FrameView}.
   *
   * @param rowBytes bytes of a row of the widest plane
   * @param rows of all planes together
   * @param wide whether samples are of 16 bits
   * @throws IOException when it is not such a picture, or of another size
   */
  static byte[] decode(byte[] png, int rowBytes, int rows, boolean wide) throws IOException {
    if (png.length < 33 || !Arrays.equals(Arrays.copyOf(png, 8), SIGNATURE)) {
      throw new IOException("not a PNG of " + png.length + " bytes");
    }
    byte[] raw = new byte[rows * (1 + rowBytes)];
    Inflater inflater = new Inflater();
    int got = 0;
    try {
      ByteBuffer chunks = ByteBuffer.wrap(png, 8, png.length - 8);
      while (chunks.remaining() >= 12 && got < raw.length) {
        int length = chunks.getInt();
        int type = chunks.getInt();
        if (length < 0 || length > chunks.remaining() - 4) {
          throw new IOException("a PNG that is cut off");
        }
        if (type == 0x49444154) {
          inflater.setInput(png, chunks.position(), length);
          got += inflater.inflate(raw, got, raw.length - got);
        }
        chunks.position(chunks.position() + length + 4);
      }
    } catch (DataFormatException e) {
      throw new IOException("a damaged PNG: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
    if (got != raw.length) {
      throw new IOException("a PNG of " + got + " bytes where " + raw.length + " were expected");
    }
    return unfilter(raw, rowBytes, rows, wide);
  }

  private static byte[] unfilter(byte[] raw, int rowBytes, int rows, boolean wide)
      throws IOException {
    byte[] samples = new byte[rows * rowBytes];
    for (int y = 0; y < rows; y++) {
      int from = y * (1 + rowBytes);
      if (raw[from] != FILTER_UP) {
        throw new IOException("a PNG of somebody else: row " + y + " has filter " + raw[from]);
      }
      for (int i = 0; i < rowBytes; i++) {
        int above = y == 0 ? 0 : samples[(y - 1) * rowBytes + i];
        samples[y * rowBytes + i] = (byte) (raw[from + 1 + i] + above);
      }
    }
    if (wide) {
      swap(samples);
    }
    return samples;
  }
}
