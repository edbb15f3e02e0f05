package io.aircheck.media.transport;

/**
 * The header of one transport packet (ISO/IEC 13818-1, 2.4.3.2 and 2.4.3.4), read in place.
 *
 * <p>A reused view: valid until the next {@link #read}. Accepts any 188 bytes.
 */
final class TsPacket {
  static final int SIZE = 188;
  static final int SYNC_BYTE = 0x47;
  static final int NULL_PID = 0x1fff;
  static final long NO_TIME = -1;

  private byte[] bytes = new byte[0];
  private int offset;
  private long position;

  private int pid;
  private boolean transportError;
  private boolean unitStart;
  private int scrambling;
  private int continuityCounter;
  private boolean hasPayload;
  private boolean discontinuity;
  private long pcr;
  private int payloadOffset;

  /** Looks at the 188 bytes from {@code newOffset}, found at {@code newPosition} of the stream. */
  void read(byte[] newBytes, int newOffset, long newPosition) {
    bytes = newBytes;
    offset = newOffset;
    position = newPosition;
    int flags = newBytes[newOffset + 1];
    transportError = (flags & 0x80) != 0;
    unitStart = (flags & 0x40) != 0;
    pid = (flags & 0x1f) << 8 | (newBytes[newOffset + 2] & 0xff);
    int control = newBytes[newOffset + 3];
    scrambling = control >> 6 & 3;
    hasPayload = (control & 0x10) != 0;
    continuityCounter = control & 15;
    discontinuity = false;
    pcr = NO_TIME;
    payloadOffset = newOffset + 4;
    if ((control & 0x20) != 0) {
      readAdaptationField();
    }
  }

  private void readAdaptationField() {
    int length = bytes[offset + 4] & 0xff;
    payloadOffset = offset + 5 + length;
    if (payloadOffset >= offset + SIZE) {
      hasPayload = false;
    }
    if (length == 0) {
      return;
    }
    int flags = bytes[offset + 5];
    discontinuity = (flags & 0x80) != 0;
    if ((flags & 0x10) != 0 && length >= 7) {
      long base =
          (bytes[offset + 6] & 0xffL) << 25
              | (bytes[offset + 7] & 0xffL) << 17
              | (bytes[offset + 8] & 0xffL) << 9
              | (bytes[offset + 9] & 0xffL) << 1
              | (bytes[offset + 10] & 0xffL) >> 7;
      pcr = base * 300 + ((bytes[offset + 10] & 1) << 8 | (bytes[offset + 11] & 0xff));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /** Byte position of the sync byte in the stream. */
  long position() {
    return position;
  }

  int pid() {
    return pid;
  }

  boolean transportError() {
    return transportError;
  }

  /** Whether a PES packet or section begins in it. */
  boolean unitStart() {
    return unitStart;
  }

  boolean scrambled() {
    return scrambling != 0;
  }

  int continuityCounter() {
    return continuityCounter;
  }

  boolean hasPayload() {
    return hasPayload;
  }

  /** The discontinuity_indicator of the adaptation field. */
  boolean discontinuity() {
    return discontinuity;
  }

  /** Programme clock reference in ticks of 27 MHz, or {@link #NO_TIME}. */
  long pcr() {
    return pcr;
  }

  /** Index of the first payload byte in {@link #bytes}; meaningful when there is a payload. */
  int payloadOffset() {
    return payloadOffset;
  }

  /** Index after the last byte of the packet in {@link #bytes}. */
  int endOffset() {
    return offset + SIZE;
  }

  /**
   * Presentation time stamp of the PES packet that begins in this packet, 33 bits of 90 kHz, or
   * {@link #NO_TIME} when none begins or it has none (ISO/IEC 13818-1, 2.4.3.6).
   */
  long pts() {
    if (!unitStart || !hasPayload || scrambling != 0 || endOffset() - payloadOffset < 14) {
      return NO_TIME;
    }
    int p = payloadOffset;
    boolean startCode = bytes[p] == 0 && bytes[p + 1] == 0 && bytes[p + 2] == 1;
    boolean optionalHeader = (bytes[p + 6] & 0xc0) == 0x80;
    if (!startCode || !optionalHeader || (bytes[p + 7] & 0x80) == 0) {
      return NO_TIME;
    }
    return (bytes[p + 9] & 0x0eL) << 29
        | (bytes[p + 10] & 0xffL) << 22
        | (bytes[p + 11] & 0xfeL) << 14
        | (bytes[p + 12] & 0xffL) << 7
        | (bytes[p + 13] & 0xffL) >> 1;
  }
}
