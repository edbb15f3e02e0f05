package io.aircheck.experience.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts what is read into blocks of whole lines, always at the same places. Not thread-safe. */
final class LineBlocks {
  private final InputStream in;
  private final Runnable tooLong;
  private final byte[] buffer = new byte[LogIntake.MOST_BYTES];
  private int length;
  private long consumed;
  private boolean skipping;

  /**
   * Blocks of what is still to be read.
   *
   * @param tooLong called for each line that is longer than a block, which is left out
   */
  LineBlocks(InputStream in, Runnable tooLong) {
    this.in = in;
    this.tooLong = tooLong;
  }

  /** The next lines, each with its end; null: there is no whole line left. */
  byte @Nullable [] next() throws IOException {
    while (true) {
      length += in.readNBytes(buffer, length, buffer.length - length);
      int end = afterLast();
      if (end > 0) {
        int start = skipping ? afterFirst() : 0;
        skipping = false;
        byte[] block = Arrays.copyOfRange(buffer, start, end);
        drop(end);
        if (block.length > 0) {
          return block;
        }
      } else if (length < buffer.length) {
        return null;
      } else {
        skip();
      }
    }
  }

  /** What is left where nothing will come any more: a line without end, or nothing. */
  byte[] rest() {
    byte[] rest = skipping ? new byte[0] : Arrays.copyOf(buffer, length);
    drop(length);
    return rest;
  }

  /** The next lines, or what is left where nothing will come any more; empty: nothing is. */
  byte[] nextOrRest() throws IOException {
    byte[] block = next();
    return block == null ? rest() : block;
  }

  /** Bytes up to the end of the latest block. */
  long consumed() {
    return consumed;
  }

  private void skip() {
    if (!skipping) {
      tooLong.run();
    }
    skipping = true;
    drop(length);
  }

  private void drop(int bytes) {
    System.arraycopy(buffer, bytes, buffer, 0, length - bytes);
    length -= bytes;
    consumed += bytes;
  }

  private int afterFirst() {
    int at = 0;
    while (buffer[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private int afterLast() {
    int at = length;
    while (at > 0 && buffer[at - 1] != '\n') {
      at--;
    }
    return at;
  }
}
