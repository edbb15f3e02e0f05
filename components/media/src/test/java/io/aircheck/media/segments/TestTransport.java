package io.aircheck.media.segments;

import java.io.ByteArrayOutputStream;

/** Transport stream packets that hold nothing but the start of a PES packet with a timestamp. */
final class TestTransport {
  static final int VIDEO = 0xe0;
  static final int AUDIO = 0xc0;

  private TestTransport() {}

  /** A segment of pictures 200 ms apart. */
  static byte[] pictures(double startSeconds, double seconds) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int count = (int) Math.round(seconds / 0.2);
    for (int i = 0; i < count; i++) {
      bytes.writeBytes(packet(VIDEO, Math.round((startSeconds + i * 0.2) * 90_000)));
    }
    return bytes.toByteArray();
  }

  static byte[] packet(int streamId, long ticks) {
    byte[] packet = new byte[188];
    packet[0] = 0x47;
    packet[1] = 0x41;
    packet[3] = 0x10;
    packet[6] = 1;
    packet[7] = (byte) streamId;
    packet[10] = (byte) 0x80;
    packet[11] = (byte) 0x80;
    packet[12] = 5;
    long time = ticks & ((1L << 33) - 1);
    packet[13] = (byte) (0x21 | (time >> 29 & 0x0e));
    packet[14] = (byte) (time >> 22);
    packet[15] = (byte) (1 | (time >> 14 & 0xfe));
    packet[16] = (byte) (time >> 7);
    packet[17] = (byte) (1 | (time << 1 & 0xfe));
    return packet;
  }
}
