package io.aircheck.testkit;

import java.io.ByteArrayOutputStream;

/** Hand-made splice_info_section of ANSI/SCTE 35, with the CRC computed bit by bit. */
public final class SpliceSections {
  private SpliceSections() {}

  /**
   * A splice_insert that leaves the programme.
   *
   * @param pts 33 bits of 90 kHz; negative: at once
   * @param durationTicks 90 kHz; negative: not announced
   */
  public static byte[] out(int eventId, long pts, long durationTicks, boolean autoReturn) {
    return insert(eventId, true, pts, durationTicks, autoReturn);
  }

  /** A splice_insert that comes back to the programme; {@code pts} as in {@link #out}. */
  public static byte[] in(int eventId, long pts) {
    return insert(eventId, false, pts, -1, false);
  }

  private static byte[] insert(
      int eventId, boolean out, long pts, long durationTicks, boolean autoReturn) {
    Bits command = new Bits().add(eventId, 32).add(0x7f, 8);
    boolean immediate = pts < 0;
    command.add(out ? 1 : 0, 1).add(1, 1).add(durationTicks < 0 ? 0 : 1, 1);
    command.add(immediate ? 1 : 0, 1).add(0xf, 4);
    if (!immediate) {
      command.add(1, 1).add(0x3f, 6).add(pts, 33);
    }
    if (durationTicks >= 0) {
      command.add(autoReturn ? 1 : 0, 1).add(0x3f, 6).add(durationTicks, 33);
    }
    command.add(1, 16).add(0, 8).add(0, 8);
    return section(0, 5, command.bytes(), new byte[0], false);
  }

  /**
   * A time_signal with one segmentation descriptor.
   *
   * @param typeId segmentation_type_id
   * @param durationTicks 90 kHz; negative: none
   */
  public static byte[] segmentation(int eventId, int typeId, long pts, long durationTicks) {
    Bits time = new Bits().add(1, 1).add(0x3f, 6).add(pts, 33);
    Bits body = new Bits().add(0x43554549, 32).add(eventId, 32).add(0x7f, 8);
    body.add(1, 1).add(durationTicks < 0 ? 0 : 1, 1).add(0x3f, 6);
    if (durationTicks >= 0) {
      body.add(durationTicks, 40);
    }
    body.add(0, 8).add(0, 8).add(typeId, 8).add(0, 8).add(0, 8);
    byte[] descriptor = body.bytes();
    Bits loop = new Bits().add(2, 8).add(descriptor.length, 8);
    for (byte value : descriptor) {
      loop.add(value, 8);
    }
    return section(0, 6, time.bytes(), loop.bytes(), false);
  }

  /** A section of any command. */
  public static byte[] section(
      long ptsAdjustment, int type, byte[] command, byte[] descriptors, boolean encrypted) {
    int length = 11 + command.length + 2 + descriptors.length + 4;
    Bits bits = new Bits().add(0xfc, 8).add(3, 4).add(length, 12).add(0, 8);
    bits.add(encrypted ? 1 : 0, 1).add(0, 6).add(ptsAdjustment, 33).add(0, 8).add(0xfff, 12);
    bits.add(command.length, 12).add(type, 8);
    for (byte value : command) {
      bits.add(value, 8);
    }
    bits.add(descriptors.length, 16);
    for (byte value : descriptors) {
      bits.add(value, 8);
    }
    return withCrc(bits.bytes());
  }

  /** Bytes of a section followed by their CRC (ISO/IEC 13818-1, annex A). */
  public static byte[] withCrc(byte[] bytes) {
    int crc = -1;
    for (byte value : bytes) {
      for (int bit = 7; bit >= 0; bit--) {
        boolean carry = crc < 0 ^ (value >> bit & 1) != 0;
        crc = crc << 1 ^ (carry ? 0x04c11db7 : 0);
      }
    }
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    section.writeBytes(bytes);
    section.writeBytes(new Bits().add(crc, 32).bytes());
    return section.toByteArray();
  }

  /** Puts fields of bits together; the first is the most significant. */
  private static final class Bits {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int last;
    private int filled;

    Bits add(long value, int bits) {
      for (int bit = bits - 1; bit >= 0; bit--) {
        last = last << 1 | (int) (value >> bit & 1);
        if (++filled == 8) {
          bytes.write(last);
          last = 0;
          filled = 0;
        }
      }
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
