package io.aircheck.media.transport;

/**
 * Finds the packets in a stream of bytes: packets of 188 bytes, with a time stamp before (192) or
 * error correction behind (204).
 *
 * <p>As TR 101 290 (5.2.1, indicator 1.1) has it, five good sync bytes in a row acquire
 * synchronisation and two corrupted ones in a row lose it.
 */
final class PacketFramer {

  /** What the framer finds, in order. */
  interface Listener {
    void packet(byte[] bytes, int offset, long position);

    /** One corrupted sync byte; the packet follows as {@link #packet}. */
    void corruptSyncByte(long position);

    void syncLost(long position);

    /**
     * @param skippedBytes bytes that were passed over since the loss or since the start
     */
    void syncAcquired(long position, long skippedBytes);
  }

  private static final int[] STRIDES = {188, 192, 204};
  private static final int GOOD_TO_ACQUIRE = 5;
  private static final int LARGEST_STRIDE = 204;
  private static final int LOOK_AHEAD = (GOOD_TO_ACQUIRE - 1) * LARGEST_STRIDE + 1;

  private final Listener listener;
  private final byte[] buffer = new byte[1 << 16];
  private int limit;
  private int next;
  private long basePosition;
  private int stride;
  private long hunting;

  PacketFramer(Listener listener) {
    this.listener = listener;
  }

  /** Takes the next bytes of the stream. */
  void accept(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, buffer.length - limit);
      System.arraycopy(bytes, from, buffer, limit, taken);
      limit += taken;
      from += taken;
      left -= taken;
      frame(false);
      compact();
    }
  }

  /** The stream ended: hands on what was kept back for its neighbours' sake. */
  void finish() {
    frame(true);
    compact();
  }

  /** Whether packets are being found. */
  boolean synchronised() {
    return stride > 0;
  }

  /** Bytes taken in so far. */
  long position() {
    return basePosition + limit;
  }

  private void frame(boolean atEnd) {
    boolean progress = true;
    while (progress) {
      progress = stride == 0 ? hunt() : takePacket(atEnd);
    }
  }

  private boolean hunt() {
    while (next + LOOK_AHEAD <= limit) {
      if (buffer[next] == TsPacket.SYNC_BYTE) {
        for (int candidate : STRIDES) {
          if (repeats(candidate)) {
            stride = candidate;
            listener.syncAcquired(basePosition + next, hunting);
            hunting = 0;
            return true;
          }
        }
      }
      next++;
      hunting++;
    }
    return false;
  }

  private boolean repeats(int candidate) {
    for (int k = 1; k < GOOD_TO_ACQUIRE; k++) {
      if (buffer[next + k * candidate] != TsPacket.SYNC_BYTE) {
        return false;
      }
    }
    return true;
  }

  private boolean takePacket(boolean atEnd) {
    if (next + TsPacket.SIZE > limit) {
      return false;
    }
    long position = basePosition + next;
    if (buffer[next] != TsPacket.SYNC_BYTE) {
      boolean neighbourKnown = next + stride < limit;
      if (!neighbourKnown && !atEnd) {
        return false;
      }
      if (neighbourKnown && buffer[next + stride] != TsPacket.SYNC_BYTE) {
        stride = 0;
        listener.syncLost(position);
        return true;
      }
      listener.corruptSyncByte(position);
    }
    listener.packet(buffer, next, position);
    next += stride;
    return true;
  }

  /** Moves what is left to the front; {@code next} may lie beyond what has arrived. */
  private void compact() {
    int drop = Math.min(next, limit);
    if (drop == 0) {
      return;
    }
    System.arraycopy(buffer, drop, buffer, 0, limit - drop);
    limit -= drop;
    next -= drop;
    basePosition += drop;
  }
}
