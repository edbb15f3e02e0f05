package io.aircheck.media.transport;

import java.util.zip.CRC32C;

/**
 * The continuity counter of one PID (ISO/IEC 13818-1, 2.4.3.3; TR 101 290 indicator 1.4): counts up
 * with each packet that has a payload, stands still otherwise; a packet may be sent twice.
 */
final class ContinuityCounter {
  private static final int UNKNOWN = -1;

  private int last = UNKNOWN;
  private boolean repeated;
  private long lastContent;

  /**
   * Takes the next packet of the PID.
   *
   * @param checksum scratch
   * @return 0 when it is in order, else how many packets are missing before it (modulo 16), or 16
   *     when it is one copy too many
   */
  int accept(TsPacket packet, CRC32C checksum) {
    if (!packet.hasPayload()) {
      return 0;
    }
    int counter = packet.continuityCounter();
    int before = last;
    last = counter;
    long contentBefore = lastContent;
    checksum.reset();
    checksum.update(
        packet.bytes(), packet.payloadOffset(), packet.endOffset() - packet.payloadOffset());
    lastContent = checksum.getValue();
    if (before == UNKNOWN || packet.discontinuity()) {
      repeated = false;
      return 0;
    }
    if (counter == before && lastContent == contentBefore) {
      boolean thirdCopy = repeated;
      repeated = true;
      return thirdCopy ? 16 : 0;
    }
    repeated = false;
    return counter - before - 1 & 15;
  }

  /** Forgets the counter: what comes next has nothing to do with what came before. */
  void forget() {
    last = UNKNOWN;
    repeated = false;
  }
}
