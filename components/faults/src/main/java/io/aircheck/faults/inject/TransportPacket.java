package io.aircheck.faults.inject;

/** One packet of 188 bytes of an MPEG transport stream, changed in place (ISO/IEC 13818-1, 2.4). */
final class TransportPacket {
  static final int SIZE = 188;
  static final long NONE = -1;

  private static final int SYNC_BYTE = 0x47;
  private static final long WRAP_MASK = (1L << 33) - 1;

  private final byte[] bytes = new byte[SIZE];

  byte[] bytes() {
    return bytes;
  }

  boolean synchronised() {
    return bytes[0] == SYNC_BYTE;
  }

  int pid() {
    return (bytes[1] & 0x1f) << 8 | bytes[2] & 0xff;
  }

  /** Whether a PES packet or section begins in it. */
  boolean unitStart() {
    return (bytes[1] & 0x40) != 0;
  }

  private boolean adaptation() {
    return (bytes[3] & 0x20) != 0;
  }

  /** Whether decoding can begin here (random_access_indicator). */
  boolean randomAccess() {
    return adaptation() && bytes[4] != 0 && (bytes[5] & 0x40) != 0;
  }

  private int payload() {
    return 4 + (adaptation() ? 1 + (bytes[4] & 0xff) : 0);
  }

  /** Stream id of the PES packet that begins in it, or {@link #NONE}. */
  int streamId() {
    int at = payload();
    boolean begins =
        unitStart()
            && at + 14 <= SIZE
            && bytes[at] == 0
            && bytes[at + 1] == 0
            && bytes[at + 2] == 1;
    return begins ? bytes[at + 3] & 0xff : (int) NONE;
  }

  /** Presentation time stamp in ticks of 90 kHz, or {@link #NONE}. */
  long pts() {
    return streamId() >= 0xbd && (bytes[payload() + 7] & 0x80) != 0
        ? timeStamp(payload() + 9)
        : NONE;
  }

  /** Shifts all times in it by ticks of 90 kHz. */
  void shift(long ticks) {
    if (adaptation() && (bytes[4] & 0xff) >= 7 && (bytes[5] & 0x10) != 0) {
      long base =
          (bytes[6] & 0xffL) << 25
              | (bytes[7] & 0xffL) << 17
              | (bytes[8] & 0xffL) << 9
              | (bytes[9] & 0xffL) << 1
              | (bytes[10] & 0xffL) >> 7;
      base = base + ticks & WRAP_MASK;
      bytes[6] = (byte) (base >> 25);
      bytes[7] = (byte) (base >> 17);
      bytes[8] = (byte) (base >> 9);
      bytes[9] = (byte) (base >> 1);
      bytes[10] = (byte) ((base & 1) << 7 | bytes[10] & 0x7f);
    }
    if (pts() != NONE) {
      int at = payload() + 9;
      boolean decodingTime = (bytes[payload() + 7] & 0x40) != 0;
      putTimeStamp(at, timeStamp(at) + ticks);
      if (decodingTime && at + 10 <= SIZE) {
        putTimeStamp(at + 5, timeStamp(at + 5) + ticks);
      }
    }
  }

  private long timeStamp(int at) {
    return (bytes[at] & 0x0eL) << 29
        | (bytes[at + 1] & 0xffL) << 22
        | (bytes[at + 2] & 0xfeL) << 14
        | (bytes[at + 3] & 0xffL) << 7
        | (bytes[at + 4] & 0xffL) >> 1;
  }

  private void putTimeStamp(int at, long time) {
    bytes[at] = (byte) (bytes[at] & 0xf1 | (time >> 29) & 0x0e);
    bytes[at + 1] = (byte) (time >> 22);
    bytes[at + 2] = (byte) (time >> 14 | 1);
    bytes[at + 3] = (byte) (time >> 7);
    bytes[at + 4] = (byte) (time << 1 | 1);
  }
}
