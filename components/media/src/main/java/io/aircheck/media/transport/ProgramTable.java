package io.aircheck.media.transport;

import java.util.ArrayList;
import java.util.List;

/** Reads program association and program map sections whose CRC was found good. */
final class ProgramTable {
  static final int PAT_TABLE_ID = 0x00;
  static final int CAT_TABLE_ID = 0x01;
  static final int PMT_TABLE_ID = 0x02;

  private static final int CRC_LENGTH = 4;

  private ProgramTable() {}

  /** A programme of the association table. */
  record Association(int programNumber, int mapPid) {}

  /** What an elementary stream carries, as far as its indicators differ. */
  enum Content {
    VIDEO,
    AUDIO,
    /** Splice information (ANSI/SCTE 35, 8.1). */
    SPLICE,
    /** Subtitles and other data, which may be silent for hours. */
    OTHER;

    /** Pictures or sound, which come all the time. */
    boolean isMedia() {
      return this == VIDEO || this == AUDIO;
    }
  }

  /** An elementary stream of a programme. */
  record ElementaryStream(int pid, Content content) {}

  /** A program map. */
  record Map(int programNumber, int pcrPid, List<ElementaryStream> streams) {}

  /** The programmes of an association section; the network information entry is left out. */
  static List<Association> associations(byte[] section, int length) {
    List<Association> programmes = new ArrayList<>();
    for (int at = 8; at + 4 <= length - CRC_LENGTH; at += 4) {
      int number = uint16(section, at);
      if (number != 0) {
        programmes.add(new Association(number, uint16(section, at + 2) & 0x1fff));
      }
    }
    return programmes;
  }

  /** A program map section; entries cut short are left out. */
  static Map map(byte[] section, int length) {
    List<ElementaryStream> streams = new ArrayList<>();
    if (length < 12 + CRC_LENGTH) {
      return new Map(-1, TsPacket.NULL_PID, streams);
    }
    int end = length - CRC_LENGTH;
    int at = 12 + (uint16(section, 10) & 0x0fff);
    while (at + 5 <= end) {
      int descriptors = at + 5;
      int next = descriptors + (uint16(section, at + 3) & 0x0fff);
      if (next > end) {
        break;
      }
      streams.add(
          new ElementaryStream(
              uint16(section, at + 1) & 0x1fff,
              content(section[at] & 0xff, section, descriptors, next)));
      at = next;
    }
    return new Map(uint16(section, 3), uint16(section, 8) & 0x1fff, streams);
  }

  /** Stream types of ISO/IEC 13818-1 table 2-34 and of ATSC A/53 and A/52. */
  private static Content content(int streamType, byte[] section, int from, int to) {
    return switch (streamType) {
      case 0x01, 0x02, 0x10, 0x1b, 0x1e, 0x1f, 0x20, 0x21, 0x24, 0x25, 0x33, 0x42, 0xea ->
          Content.VIDEO;
      case 0x03, 0x04, 0x0f, 0x11, 0x1c, 0x2d, 0x2e, 0x81, 0x82, 0x83, 0x84, 0x87, 0xc1, 0xcf ->
          Content.AUDIO;
      case 0x06 -> privateContent(section, from, to);
      case 0x86 -> Content.SPLICE;
      default -> Content.OTHER;
    };
  }

  /** Audio in private PES packets is told by a descriptor (ETSI EN 300 468, annex D). */
  private static Content privateContent(byte[] section, int from, int to) {
    int at = from;
    while (at + 2 <= to) {
      int tag = section[at] & 0xff;
      int length = section[at + 1] & 0xff;
      if (tag == 0x6a || tag == 0x7a || tag == 0x7b || tag == 0x7c) {
        return Content.AUDIO;
      }
      if (tag == 0x05 && length >= 4 && at + 6 <= to) {
        switch (uint16(section, at + 2) << 16 | uint16(section, at + 4)) {
          case 0x41432d33, 0x45414333, 0x4f707573 -> { // AC-3, EAC3, Opus
            return Content.AUDIO;
          }
          case 0x48455643 -> { // HEVC
            return Content.VIDEO;
          }
          default -> {}
        }
      }
      at += 2 + length;
    }
    return Content.OTHER;
  }

  private static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
