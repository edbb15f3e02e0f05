package io.aircheck.media.segments;

import io.aircheck.core.media.MediaException;
import io.aircheck.media.input.ByteInput;
import io.aircheck.media.transport.TransportTap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes of a run of segments, one after the other, behind their initialization section. */
final class SegmentRun implements ByteInput {
  private final SegmentReader reader;
  private final byte[] head;
  private final @Nullable TransportTap tap;
  private int headHandedOut;
  private volatile @Nullable SegmentBody current;
  private volatile boolean closed;

  /**
   * A run that begins with an opened segment.
   *
   * @param head initialization section, may be empty
   * @param tap looks at the bytes of a transport stream; null for other formats
   */
  SegmentRun(SegmentReader reader, byte[] head, SegmentBody first, @Nullable TransportTap tap) {
    this.tap = tap;
    this.reader = reader;
    this.head = head;
    this.current = first;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws MediaException {
    if (headHandedOut < head.length && !closed) {
      int count = Math.min(length, head.length - headHandedOut);
      System.arraycopy(head, headHandedOut, buffer, offset, count);
      headHandedOut += count;
      reader.delivered(count);
      return count;
    }
    for (SegmentBody body = current; body != null && !closed; body = current) {
      int count = readFrom(body, buffer, offset, length);
      if (count > 0) {
        if (tap != null) {
          tap.bytes(buffer, offset, count);
        }
        reader.delivered(count);
        return count;
      }
      body.close();
      current = reader.continueRun();
      if (tap != null && current != null) {
        tap.nextSegment();
      } else if (tap != null) {
        tap.end();
      }
    }
    SegmentBody last = current;
    if (last != null) {
      last.close();
    }
    return -1;
  }

  private int readFrom(SegmentBody body, byte[] buffer, int offset, int length) {
    try {
      int count = body.read(buffer, offset, length);
      if (count < 0) {
        reader.played(body);
      }
      return count;
    } catch (IOException broken) {
      if (!closed) {
        reader.broke(body, broken);
      }
      return -1;
    }
  }

  @Override
  public void close() {
    closed = true;
    SegmentBody body = current;
    if (body != null) {
      body.close();
    }
  }
}
