package io.aircheck.media.resource;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of another stream. */
final class LimitedStream extends FilterInputStream {
  private long remaining;

  LimitedStream(InputStream source, long length) {
    super(source);
    this.remaining = length;
  }

  @Override
  public int read() throws IOException {
    if (remaining <= 0) {
      return -1;
    }
    int value = in.read();
    remaining -= value < 0 ? remaining : 1;
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (remaining <= 0) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(length, remaining));
    remaining -= count < 0 ? remaining : count;
    return count;
  }
}
