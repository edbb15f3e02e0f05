package io.aircheck.media.transport;

import io.aircheck.media.splice.SectionCrc;
import java.util.HashMap;
import java.util.Map;

/**
 * The last version of each table section: a carousel repeats them several times a second, and only
 * what changed has to be read.
 */
final class SectionVersions {
  /** More sections than the tables of a multiplex have; a hostile stream makes it start afresh. */
  private static final int MOST_SECTIONS = 4096;

  private final Map<Long, Integer> crcBySection = new HashMap<>();

  /**
   * Whether a section that holds now differs from its last version; takes it over.
   *
   * @param section with a correct CRC (ISO/IEC 13818-1, 2.4.4.3)
   */
  boolean isNews(int pid, byte[] section, int length) {
    boolean holdsNow = length >= 12 && (section[5] & 1) != 0;
    if (!holdsNow) {
      return false;
    }
    int crc = SectionCrc.of(section, length - 4);
    long key =
        (long) pid << 24
            | (section[3] & 0xffL) << 16
            | (section[4] & 0xffL) << 8
            | section[6] & 0xffL;
    if (crcBySection.size() >= MOST_SECTIONS) {
      crcBySection.clear();
    }
    Integer before = crcBySection.put(key, crc);
    return before == null || before != crc;
  }
}
