package io.aircheck.experience.journal;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a file up to the first that is not whole. Not thread-safe. */
final class SegmentReader implements Closeable {
  /** More than the kind and the time of an entry make no frame. */
  private static final int LEAST_CONTENT = 9;

  private static final int BUFFER = 256 * 1024;

  private final DataInputStream in;
  private long wholeBytes;

  /**
   * A reader.
   *
   * @throws IOException when there is no such file
   */
  SegmentReader(Path file) throws IOException {
    in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
  }

  /** The content of the next frame; null: there is no other that is whole. */
  byte @Nullable [] next() throws IOException {
    try {
      int length = in.readInt();
      int checksum = in.readInt();
      if (length < LEAST_CONTENT || length > Frame.MAX_CONTENT) {
        return null;
      }
      byte[] content = in.readNBytes(length);
      if (content.length < length || Frame.checksum(length, content, 0) != checksum) {
        return null;
      }
      wholeBytes += Frame.HEADER + length;
      return content;
    } catch (EOFException e) {
      return null;
    }
  }

  /** Bytes of the frames that were read. */
  long wholeBytes() {
    return wholeBytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
