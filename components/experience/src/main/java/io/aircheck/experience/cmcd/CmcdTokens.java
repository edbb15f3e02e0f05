package io.aircheck.experience.cmcd;

/**
 * Short words as numbers: their characters are the bytes, the last the least significant. So words
 * are compared and kept without an object each.
 */
final class CmcdTokens {
  /** What no word of the standard is. */
  static final int UNKNOWN = -1;

  static final int EVENT_AD_BREAK_START = 'a' << 16 | 'b' << 8 | 's';
  static final int EVENT_AD_BREAK_END = 'a' << 16 | 'b' << 8 | 'e';
  static final int EVENT_AD_START = 'a' << 8 | 's';
  static final int EVENT_AD_END = 'a' << 8 | 'e';
  static final int EVENT_AD_SKIP = 's' << 8 | 'k';
  static final int EVENT_BACKGROUND = 'b';
  static final int EVENT_HOST = 'h';
  static final int EVENT_ERROR = 'e';
  static final int EVENT_RESPONSE = 'r' << 8 | 'r';

  static final int NO_OBJECT = 0;
  static final int AUDIO = 'a';
  static final int VIDEO = 'v';
  static final int MUXED = 'a' << 8 | 'v';

  private CmcdTokens() {}

  /** The number of a word of the standard, or {@link #UNKNOWN} when it is longer than any. */
  static int pack(byte[] bytes, int from, int to) {
    if (to - from > 3 || to <= from) {
      return UNKNOWN;
    }
    int packed = 0;
    for (int i = from; i < to; i++) {
      packed = packed << 8 | bytes[i] & 0xff;
    }
    return packed;
  }
}
