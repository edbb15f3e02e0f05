package io.aircheck.media.transport;

/**
 * Puts the sections of one PID together (ISO/IEC 13818-1, 2.4.4). Never holds more than one
 * section.
 */
final class SectionAssembler {

  /** What becomes of a section. */
  interface Listener {
    /**
     * @param section from table_id to CRC; borrowed for the call
     * @param length bytes that belong to it; at least 3
     */
    void section(byte[] section, int length);
  }

  /**
   * Longest section of program association, program map and conditional access tables: 12 bits of
   * length with the two top bits zero.
   */
  private static final int MAX_TABLE_LENGTH = 3 + 1021;

  private static final int STUFFING = 0xff;

  private final byte[] section;
  private int filled;
  private boolean started;

  /** For the tables of programmes. */
  SectionAssembler() {
    this(MAX_TABLE_LENGTH);
  }

  /**
   * @param maxLength bytes of the longest section that is kept; longer ones are passed over
   */
  SectionAssembler(int maxLength) {
    section = new byte[maxLength];
  }

  /** Takes the payload of the next packet of the PID. */
  void accept(TsPacket packet, Listener listener) {
    int from = packet.payloadOffset();
    int end = packet.endOffset();
    if (packet.unitStart()) {
      int pointed = from + 1 + (packet.bytes()[from] & 0xff);
      if (pointed > end) {
        reset();
        return;
      }
      if (started) {
        append(packet.bytes(), from + 1, pointed, listener);
      }
      reset();
      started = true;
      from = pointed;
    }
    if (started) {
      append(packet.bytes(), from, end, listener);
    }
  }

  /** Forgets a section that was begun: packets were lost. */
  void reset() {
    filled = 0;
    started = false;
  }

  private void append(byte[] bytes, int from, int end, Listener listener) {
    int at = from;
    while (at < end && started) {
      if (filled == 0 && (bytes[at] & 0xff) == STUFFING) {
        reset();
        return;
      }
      section[filled++] = bytes[at++];
      if (filled >= 3) {
        int length = 3 + ((section[1] & 0x0f) << 8 | (section[2] & 0xff));
        if (length > section.length) {
          reset();
        } else if (filled == length) {
          listener.section(section, length);
          filled = 0;
        }
      }
    }
  }
}
