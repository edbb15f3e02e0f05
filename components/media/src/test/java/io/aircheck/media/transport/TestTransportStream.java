package io.aircheck.media.transport;

import io.aircheck.media.splice.SectionCrc;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A hand-made transport stream at a constant rate: one programme with pictures on PID 256 (which
 * also carries the clock) and sound on PID 257, tables every 100 ms.
 */
final class TestTransportStream {
  static final int PAT_PID = 0;
  static final int PMT_PID = 0x1000;
  static final int VIDEO_PID = 256;
  static final int AUDIO_PID = 257;
  static final int SPLICE_PID = 258;

  /** Packets in a slot of 20 ms: clock and picture, sound, three of filling. */
  private static final int SLOT_MILLIS = 20;

  private static final long PTS_AT_START = 126_000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int[] counters = new int[8192];
  private long millis;
  private long clockShiftMillis;
  private boolean announce;
  private boolean withPat = true;
  private boolean withPmt = true;
  private boolean withAudio = true;
  private boolean withClock = true;
  private boolean withSplices;

  /** Goes on for a while in good order, apart from what is switched off. */
  TestTransportStream run(long forMillis) {
    long end = millis + forMillis;
    while (millis < end) {
      if (millis % 100 == 0) {
        tables();
      }
      slot();
      millis += SLOT_MILLIS;
    }
    return this;
  }

  TestTransportStream pat(boolean on) {
    withPat = on;
    return this;
  }

  TestTransportStream pmt(boolean on) {
    withPmt = on;
    return this;
  }

  TestTransportStream audio(boolean on) {
    withAudio = on;
    return this;
  }

  TestTransportStream clock(boolean on) {
    withClock = on;
    return this;
  }

  /** The programme has splice information. */
  TestTransportStream splices() {
    withSplices = true;
    return this;
  }

  /** All times from here on are shifted; announced or not. */
  TestTransportStream shift(long byMillis, boolean announced) {
    clockShiftMillis += byMillis;
    announce = announced;
    return this;
  }

  /** Packets that are counted but do not arrive. */
  TestTransportStream lose(int pid, int packets) {
    counters[pid] = counters[pid] + packets & 15;
    return this;
  }

  TestTransportStream raw(byte[] packet) {
    bytes.writeBytes(packet);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Places relative to the first time stamp, in milliseconds, as the tests think of them. */
  static long millis(StreamPoint point) {
    return (point.pts() - PTS_AT_START) / 90;
  }

  private void tables() {
    if (withPat) {
      section(PAT_PID, pat());
    }
    if (withPmt) {
      section(PMT_PID, withSplices ? spliceMap() : pmt());
    }
  }

  static byte[] pat() {
    return withCrc(new byte[] {0, (byte) 0xb0, 13, 0, 1, (byte) 0xc1, 0, 0, 0, 1, (byte) 0xf0, 0});
  }

  private static byte[] pmt() {
    return withCrc(
        new byte[] {
          2,
          (byte) 0xb0,
          23,
          0,
          1,
          (byte) 0xc1,
          0,
          0,
          (byte) 0xe1,
          0,
          (byte) 0xf0,
          0, //
          0x1b,
          (byte) 0xe1,
          0,
          (byte) 0xf0,
          0, //
          0x0f,
          (byte) 0xe1,
          1,
          (byte) 0xf0,
          0
        });
  }

  /** The map of a programme with splice information. */
  static byte[] spliceMap() {
    byte[] map = Arrays.copyOf(pmt(), 27);
    map[2] += 5;
    System.arraycopy(new byte[] {(byte) 0x86, (byte) 0xe1, 2, (byte) 0xf0, 0}, 0, map, 22, 5);
    return withCrc(map);
  }

  private static byte[] withCrc(byte[] section) {
    int crc = SectionCrc.of(section, section.length);
    byte[] whole = Arrays.copyOf(section, section.length + 4);
    for (int i = 0; i < 4; i++) {
      whole[section.length + i] = (byte) (crc >>> 24 - 8 * i);
    }
    return whole;
  }

  /** One section in one packet. */
  TestTransportStream section(int pid, byte[] section) {
    byte[] packet = packet(pid, true);
    Arrays.fill(packet, 4, packet.length, (byte) 0xff);
    packet[4] = 0;
    System.arraycopy(section, 0, packet, 5, section.length);
    return raw(packet);
  }

  private void slot() {
    raw(mediaPacket(VIDEO_PID, withClock));
    if (withAudio) {
      raw(mediaPacket(AUDIO_PID, false));
    }
    for (int i = 0; i < 3; i++) {
      byte[] filling = packet(VIDEO_PID, false);
      filling[20] = (byte) millis;
      filling[21] = (byte) i;
      raw(filling);
    }
  }

  private byte[] mediaPacket(int pid, boolean clock) {
    byte[] packet = packet(pid, true);
    int payload = 4;
    if (clock) {
      packet[3] |= 0x20;
      packet[4] = 7;
      packet[5] = (byte) (announce ? 0x90 : 0x10);
      announce = false;
      long base = Math.floorMod((millis + clockShiftMillis) * 90, 1L << 33);
      packet[6] = (byte) (base >> 25);
      packet[7] = (byte) (base >> 17);
      packet[8] = (byte) (base >> 9);
      packet[9] = (byte) (base >> 1);
      packet[10] = (byte) ((base & 1) << 7 | 0x7e);
      payload = 12;
    }
    long pts = Math.floorMod(PTS_AT_START + (millis + clockShiftMillis) * 90, 1L << 33);
    packet[payload + 2] = 1;
    packet[payload + 3] = (byte) (pid == VIDEO_PID ? 0xe0 : 0xc0);
    packet[payload + 6] = (byte) 0x80;
    packet[payload + 7] = (byte) 0x80;
    packet[payload + 8] = 5;
    packet[payload + 9] = (byte) (0x21 | pts >> 29 & 0x0e);
    packet[payload + 10] = (byte) (pts >> 22);
    packet[payload + 11] = (byte) (pts >> 14 | 1);
    packet[payload + 12] = (byte) (pts >> 7);
    packet[payload + 13] = (byte) (pts << 1 | 1);
    return packet;
  }

  /** An empty packet that counts. */
  byte[] packet(int pid, boolean unitStart) {
    byte[] packet = new byte[TsPacket.SIZE];
    packet[0] = TsPacket.SYNC_BYTE;
    packet[1] = (byte) (pid >> 8 | (unitStart ? 0x40 : 0));
    packet[2] = (byte) pid;
    packet[3] = (byte) (0x10 | counters[pid]);
    counters[pid] = counters[pid] + 1 & 15;
    return packet;
  }
}
