package io.aircheck.media.splice;

/** The CRC of MPEG-2 sections (ISO/IEC 13818-1, annex A): polynomial 0x04C11DB7, no reflection. */
public final class SectionCrc {
  private static final int POLYNOMIAL = 0x04C11DB7;
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = value < 0 ? value << 1 ^ POLYNOMIAL : value << 1;
      }
      TABLE[i] = value;
    }
  }

  private SectionCrc() {}

  /** The CRC over a run of bytes; 0 over a section with its CRC at the end. */
  public static int of(byte[] bytes, int length) {
    int crc = -1;
    for (int i = 0; i < length; i++) {
      crc = crc << 8 ^ TABLE[(crc >>> 24 ^ bytes[i]) & 0xff];
    }
    return crc;
  }
}
