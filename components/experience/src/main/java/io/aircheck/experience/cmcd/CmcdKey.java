package io.aircheck.experience.cmcd;

import org.jspecify.annotations.Nullable;

/**
 * The keys of both versions that are understood, with what their values may be. A value out of its
 * range is none: an ill-typed value does not spoil the others.
 */
public enum CmcdKey {
  /** Bitrate of the whole combination of tracks, kbit/s. */
  AB("ab", Type.NUMBERS, Limits.KBPS),
  /** Whether no player of the session can be seen. */
  BG("bg", Type.FLAG, 1),
  /** Buffer, milliseconds, per type of object. */
  BL("bl", Type.NUMBERS, Limits.MILLIS),
  /** Bitrate that is asked for or selected, kbit/s, per type of object. */
  BR("br", Type.NUMBERS, Limits.KBPS),
  /** Whether the buffer ran empty since the last report. */
  BS("bs", Type.FLAG, 1),
  /** How often it ran empty in the session. */
  BSA("bsa", Type.NUMBERS, Limits.COUNT),
  /** How long all interruptions of the session were, milliseconds. */
  BSDA("bsda", Type.NUMBERS, Limits.MILLIS),
  /** Delivery network; players send it, the tables of the standard lack it. */
  CDN("cdn", Type.TEXT, 128),
  /** Id of the content. */
  CID("cid", Type.TEXT, 128),
  /** Pictures dropped in the session. */
  DFA("dfa", Type.NUMBER, Limits.COUNT),
  /** What the report is about. */
  E("e", Type.TOKEN, 0),
  /** Codes of errors. */
  EC("ec", Type.TEXTS, 128),
  /** Host that the content is fetched from. */
  H("h", Type.TEXT, 128),
  /** Live latency, milliseconds. */
  LTC("ltc", Type.NUMBER, Limits.MILLIS),
  /** From the wish to play to the first picture, milliseconds. */
  MSD("msd", Type.NUMBER, Limits.MILLIS),
  /** Type of the object that is asked for. */
  OT("ot", Type.TOKEN, 0),
  /** Bitrate that is shown, kbit/s, per type of object. */
  PB("pb", Type.NUMBERS, Limits.KBPS),
  /** Rate of playback, thousandths. */
  PR("pr", Type.THOUSANDTHS, 1_000_000),
  /** Playhead, milliseconds: from the start of the content, or since the epoch. */
  PT("pt", Type.NUMBER, Limits.EPOCH),
  /** HTTP status of an answer; 0: none came. */
  RC("rc", Type.NUMBER, 999),
  /** Format of streaming. */
  SF("sf", Type.TOKEN, 0),
  /** Id of the session. */
  SID("sid", Type.TEXT, 4096),
  /** Sequence number. */
  SN("sn", Type.NUMBER, Long.MAX_VALUE / 1000),
  /** On demand or live. */
  ST("st", Type.TOKEN, 0),
  /** What the player does. */
  STA("sta", Type.TOKEN, 0),
  /** Bitrate of the best combination of tracks, kbit/s. */
  TAB("tab", Type.NUMBERS, Limits.KBPS),
  /** Bitrate of the best rendition of each type of object, kbit/s. */
  TB("tb", Type.NUMBERS, Limits.KBPS),
  /** Bitrate of the best rendition that can be played, kbit/s. */
  TPB("tpb", Type.NUMBERS, Limits.KBPS),
  /** When the event was, milliseconds since the epoch. */
  TS("ts", Type.NUMBER, Long.MAX_VALUE / 1000),
  /** From the request to the first byte of the answer, milliseconds. */
  TTFB("ttfb", Type.NUMBER, Limits.EPOCH),
  /** From the request to the last byte of the answer, milliseconds. */
  TTLB("ttlb", Type.NUMBER, Limits.MILLIS),
  /** Address that was asked for. */
  URL("url", Type.TEXT, 4096),
  /** Version of the standard. */
  V("v", Type.NUMBER, Limits.COUNT);

  /** What a value is. */
  public enum Type {
    /** A truth value. */
    FLAG,
    /** A whole number that is not negative; a decimal is rounded. */
    NUMBER,
    /** A decimal that is not negative, kept in thousandths. */
    THOUSANDTHS,
    /** A short word, see {@link CmcdTokens}. */
    TOKEN,
    /** A string; a token is taken too. */
    TEXT,
    /** Numbers, each for a type of object or for none; a single one is taken too. */
    NUMBERS,
    /** Strings, of which the first is kept; a single one or a number is taken too. */
    TEXTS
  }

  private static final CmcdKey[] SLOTS = new CmcdKey[256];

  static {
    for (CmcdKey key : values()) {
      int slot = slot(key.packed);
      while (SLOTS[slot] != null) {
        slot = slot + 1 & SLOTS.length - 1;
      }
      SLOTS[slot] = key;
    }
  }

  private final String key;
  private final Type type;
  private final long limit;
  private final long packed;

  CmcdKey(String key, Type type, long limit) {
    this.key = key;
    this.type = type;
    this.limit = limit;
    long bytes = 0;
    for (int i = 0; i < key.length(); i++) {
      bytes = bytes << 8 | key.charAt(i);
    }
    this.packed = bytes;
  }

  /** The key as it is written. */
  public String key() {
    return key;
  }

  /** What its value is. */
  public Type type() {
    return type;
  }

  /** Largest number that is believed, or most characters. */
  public long limit() {
    return limit;
  }

  long bit() {
    return 1L << ordinal();
  }

  /**
   * The key whose characters are the bytes of a number, the first the most significant; null when
   * it is not understood.
   */
  static @Nullable CmcdKey of(long packed) {
    int slot = slot(packed);
    while (true) {
      CmcdKey found = SLOTS[slot];
      if (found == null || found.packed == packed) {
        return found;
      }
      slot = slot + 1 & SLOTS.length - 1;
    }
  }

  private static int slot(long packed) {
    return (int) (packed * 0x9E3779B97F4A7C15L >>> 56);
  }

  /** Largest values that are believed. */
  private static final class Limits {
    private static final long KBPS = 10_000_000;
    private static final long MILLIS = 1000L * 60 * 60 * 24 * 366;
    private static final long EPOCH = 253_402_300_799_999L;
    private static final long COUNT = 1_000_000_000;
  }
}
