package io.aircheck.testkit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Puts splice information into a transport stream of one programme, as a splicer does: names a
 * stream of type 0x86 in each program map, and sends sections after the first of them.
 */
public final class SplicedTransport {
  private static final int PACKET = 188;
  private static final int SPLICE_PID = 0x1f0;

  private final byte[] stream;
  private final ByteArrayOutputStream spliced = new ByteArrayOutputStream();
  private int counter;

  private SplicedTransport(byte[] stream) {
    this.stream = stream;
  }

  /**
   * A stream with sections.
   *
   * @param sections made from the time stamp of the first picture or sound, 90 kHz
   */
  public static byte[] of(byte[] stream, LongFunction<List<byte[]>> sections) {
    return new SplicedTransport(stream).with(sections);
  }

  private byte[] with(LongFunction<List<byte[]>> sections) {
    int mapPid = -1;
    boolean sent = false;
    for (int at = 0; at + PACKET <= stream.length; at += PACKET) {
      int pid = (stream[at + 1] & 0x1f) << 8 | stream[at + 2] & 0xff;
      byte[] packet = Arrays.copyOfRange(stream, at, at + PACKET);
      if (pid == 0) {
        // Pointer field, table header, programme number: then the PID of its map.
        mapPid = (packet[15] & 0x1f) << 8 | packet[16] & 0xff;
      }
      spliced.writeBytes(pid == mapPid ? map(packet) : packet);
      if (pid == mapPid && !sent) {
        sent = true;
        sections.apply(firstTimeStamp()).forEach(this::send);
      }
    }
    return spliced.toByteArray();
  }

  private static byte[] map(byte[] packet) {
    int length = (packet[6] & 0x0f) << 8 | packet[7] & 0xff;
    int end = 8 + length - 4;
    byte[] section = Arrays.copyOfRange(packet, 5, end + 5);
    section[2] += 5;
    byte[] entry = {
      (byte) 0x86, (byte) (0xe0 | SPLICE_PID >> 8), (byte) SPLICE_PID, (byte) 0xf0, 0
    };
    System.arraycopy(entry, 0, section, end - 5, 5);
    byte[] whole = SpliceSections.withCrc(section);
    System.arraycopy(whole, 0, packet, 5, whole.length);
    return packet;
  }

  private void send(byte[] section) {
    byte[] packet = new byte[PACKET];
    Arrays.fill(packet, (byte) 0xff);
    packet[0] = 0x47;
    packet[1] = (byte) (0x40 | SPLICE_PID >> 8);
    packet[2] = (byte) SPLICE_PID;
    packet[3] = (byte) (0x10 | counter++ & 15);
    packet[4] = 0;
    System.arraycopy(section, 0, packet, 5, section.length);
    spliced.writeBytes(packet);
  }

  private long firstTimeStamp() {
    for (int at = 0; at + PACKET <= stream.length; at += PACKET) {
      boolean starts = (stream[at + 1] & 0x40) != 0;
      int payload = at + ((stream[at + 3] & 0x20) == 0 ? 4 : 5 + (stream[at + 4] & 0xff));
      boolean media =
          starts
              && payload + 14 <= at + PACKET
              && stream[payload] == 0
              && stream[payload + 1] == 0
              && stream[payload + 2] == 1;
      if (media) {
        return (stream[payload + 9] & 0x0eL) << 29
            | (stream[payload + 10] & 0xffL) << 22
            | (stream[payload + 11] & 0xfeL) << 14
            | (stream[payload + 12] & 0xffL) << 7
            | (stream[payload + 13] & 0xffL) >> 1;
      }
    }
    throw new IllegalArgumentException("no time stamp in the stream");
  }
}
