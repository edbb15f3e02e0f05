package io.aircheck.media.input;

import io.aircheck.core.media.MediaException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An input whose first bytes are looked at: a transport stream is passed by a tap and read strictly
 * from start to end, everything else is left as it is.
 */
public final class TappedInput implements ByteInput {
  private static final int SYNC_BYTE = 0x47;
  private static final int SYNCS_NEEDED = 4;

  /** Plain, with a time code before each packet (M2TS), with error correction after it. */
  private static final int[] PACKET_SIZES = {188, 192, 204};

  private static final int HEAD_BYTES = 188 * 16;

  private final ByteInput input;
  private final Supplier<ByteTap> taps;
  private final byte[] head = new byte[HEAD_BYTES];
  private int headLength = -1;
  private boolean transportStream;
  private @Nullable ByteTap tap;
  private int headPosition;
  private boolean ended;

  /**
   * @param taps makes the tap for a transport stream
   */
  public TappedInput(ByteInput input, Supplier<ByteTap> taps) {
    this.input = input;
    this.taps = taps;
  }

  /**
   * Reads the first bytes, waiting for them, and decides what the input is. Done by the first call
   * of {@link #read} where nobody did it before.
   *
   * @return whether it is a transport stream
   * @throws MediaException when they cannot be read
   */
  public boolean inspect() throws MediaException {
    if (headLength >= 0) {
      return transportStream;
    }
    headLength = 0;
    while (headLength < HEAD_BYTES) {
      int count = input.read(head, headLength, HEAD_BYTES - headLength);
      if (count < 0) {
        break;
      }
      headLength += count;
    }
    transportStream = isTransportStream(head, headLength);
    tap = transportStream ? taps.get() : null;
    return transportStream;
  }

  /** Whether bytes look like a transport stream: sync bytes at the distance of packets. */
  static boolean isTransportStream(byte[] bytes, int length) {
    for (int size : PACKET_SIZES) {
      for (int start = 0; start < size && start + size * (SYNCS_NEEDED - 1) < length; start++) {
        int syncs = 0;
        while (syncs < SYNCS_NEEDED && bytes[start + syncs * size] == SYNC_BYTE) {
          syncs++;
        }
        if (syncs == SYNCS_NEEDED) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws MediaException {
    inspect();
    int count;
    if (headPosition < headLength) {
      count = Math.min(length, headLength - headPosition);
      System.arraycopy(head, headPosition, buffer, offset, count);
      headPosition += count;
    } else {
      count = input.read(buffer, offset, length);
    }
    if (tap != null) {
      if (count > 0) {
        tap.bytes(buffer, offset, count);
      } else if (!ended) {
        ended = true;
        tap.end();
      }
    }
    return count;
  }

  /** Known after {@link #inspect}: a transport stream is never seekable. */
  @Override
  public boolean seekable() {
    return !transportStream && input.seekable();
  }

  @Override
  public long size() {
    return input.size();
  }

  @Override
  public void seek(long position) throws MediaException {
    if (position < headLength) {
      headPosition = (int) position;
      input.seek(headLength);
    } else {
      headPosition = headLength;
      input.seek(position);
    }
  }

  @Override
  public void close() {
    input.close();
  }
}
