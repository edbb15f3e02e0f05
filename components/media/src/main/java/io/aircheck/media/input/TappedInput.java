package io.aircheck.media.input;

import io.aircheck.core.media.MediaException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An input whose first bytes are looked at: a transport stream is passed by a tap and read strictly
 * from start to end, everything else is left as it is. Waits for the first bytes when it is opened.
 */
public final class TappedInput implements ByteInput {
  private static final int SYNC_BYTE = 0x47;
  private static final int SYNCS_NEEDED = 4;

  /** Plain, with a time code before each packet (M2TS), with error correction after it. */
  private static final int[] PACKET_SIZES = {188, 192, 204};

  private static final int HEAD_BYTES = 188 * 16;

  private final ByteInput input;
  private final byte[] head = new byte[HEAD_BYTES];
  private final int headLength;
  private final boolean transportStream;
  private final @Nullable ByteTap tap;
  private int headPosition;
  private boolean ended;

  private TappedInput(ByteInput input, Supplier<ByteTap> taps) throws MediaException {
    this.input = input;
    int length = 0;
    while (length < HEAD_BYTES) {
      int count = input.read(head, length, HEAD_BYTES - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    this.headLength = length;
    this.transportStream = isTransportStream(head, length);
    this.tap = transportStream ? taps.get() : null;
  }

  /**
   * Looks at the first bytes of an input.
   *
   * @param taps makes the tap for a transport stream
   * @throws MediaException when the first bytes cannot be read
   */
  public static TappedInput of(ByteInput input, Supplier<ByteTap> taps) throws MediaException {
    return new TappedInput(input, taps);
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

  /** Whether it is a transport stream. */
  public boolean transportStream() {
    return transportStream;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws MediaException {
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
