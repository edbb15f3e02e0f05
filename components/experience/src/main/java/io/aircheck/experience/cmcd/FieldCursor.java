package io.aircheck.experience.cmcd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the bytes of structured fields (RFC 8941) and reads their pieces: keys, bare items,
 * parameters. Holds the piece that was read last; makes no objects but texts that are asked for.
 */
final class FieldCursor {
  private static final int MOST_DIGITS = 15;

  /** What a bare item is. */
  enum Kind {
    FLAG,
    NUMBER,
    TOKEN,
    STRING,
    /** Well-formed, but nothing that any key has. */
    OTHER
  }

  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private long packedKey;
  private Kind kind = Kind.OTHER;
  private long number;
  private int from;
  private int to;
  private boolean escaped;

  /** Goes to the start of a part of an array. */
  void start(byte[] array, int first, int last) {
    bytes = array;
    at = first;
    end = last;
  }

  boolean isAtEnd() {
    return at >= end;
  }

  /** Whether a character is next. */
  boolean isAt(char c) {
    return at < end && bytes[at] == c;
  }

  /** Goes past the character that is next. */
  void skip() {
    at++;
  }

  void skipSpace() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
  }

  /** Goes to the next comma that is in no string. */
  void skipMember() {
    boolean inString = false;
    while (at < end && (inString || bytes[at] != ',')) {
      if (bytes[at] == '"') {
        inString = !inString;
      } else if (inString && bytes[at] == '\\') {
        at++;
      }
      at++;
    }
    at = Math.min(at, end);
  }

  /** Reads a key; how long it is, 0 where there is none. */
  int readKey() {
    int start = at;
    packedKey = 0;
    while (at < end && isOfKey(bytes[at])) {
      packedKey = packedKey << 8 | bytes[at++];
    }
    return at - start;
  }

  /** The last eight characters of the key as the bytes of a number, the last least significant. */
  long packedKey() {
    return packedKey;
  }

  /** The text of the key that was just read. */
  String key(int length) {
    return new String(bytes, at - length, length, StandardCharsets.US_ASCII);
  }

  /** What a key without a value has. */
  void readNothing() {
    setFlag(true);
  }

  /** Reads the bare item that starts here; false where none does. */
  boolean readItem() {
    if (at >= end) {
      return false;
    }
    byte first = bytes[at];
    if (first == '"') {
      return readString();
    }
    if (first == '-' || first >= '0' && first <= '9') {
      return readNumber();
    }
    if (first == '?') {
      return readFlag();
    }
    if (first == ':') {
      return readBinary();
    }
    return readToken();
  }

  /**
   * Passes over parameters and keeps the item before them.
   *
   * @return the name of the first that has no value, see {@link CmcdTokens}; none: {@link
   *     CmcdTokens#NO_OBJECT}
   */
  int readParameters() {
    int type = CmcdTokens.NO_OBJECT;
    while (at < end && bytes[at] == ';') {
      at++;
      skipSpace();
      int length = readKey();
      if (isAt('=')) {
        at++;
        if (!skipItem()) {
          return type;
        }
      } else if (type == CmcdTokens.NO_OBJECT) {
        type = CmcdTokens.pack(bytes, at - length, at);
      }
    }
    return type;
  }

  Kind kind() {
    return kind;
  }

  boolean isText() {
    return kind == Kind.STRING || kind == Kind.TOKEN;
  }

  /** The number of the item in thousandths, or 1 and 0 of a flag. */
  long number() {
    return number;
  }

  /** The item as a packed word, see {@link CmcdTokens}. */
  int token() {
    return CmcdTokens.pack(bytes, from, to);
  }

  /** How many bytes its text has. */
  int textLength() {
    return to - from;
  }

  /** The text of the item; the same object as another where that has the same characters. */
  String text(@Nullable String other) {
    if (escaped) {
      return unescaped();
    }
    int length = to - from;
    if (other != null && other.length() == length) {
      int same = 0;
      while (same < length && other.charAt(same) == bytes[from + same]) {
        same++;
      }
      if (same == length) {
        return other;
      }
    }
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  private String unescaped() {
    byte[] text = Arrays.copyOfRange(bytes, from, to);
    int length = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\\') {
        i++;
      }
      text[length++] = text[i];
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private void setFlag(boolean value) {
    kind = Kind.FLAG;
    number = value ? 1 : 0;
  }

  private boolean skipItem() {
    Kind keptKind = kind;
    long keptNumber = number;
    int keptFrom = from;
    int keptTo = to;
    boolean keptEscaped = escaped;
    boolean read = readItem();
    kind = keptKind;
    number = keptNumber;
    from = keptFrom;
    to = keptTo;
    escaped = keptEscaped;
    return read;
  }

  private boolean readString() {
    from = ++at;
    escaped = false;
    boolean printable = true;
    while (at < end && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        escaped = true;
        at++;
      } else if (bytes[at] >= 0 && bytes[at] < ' ') {
        printable = false;
      }
      at++;
    }
    if (at >= end) {
      at = end;
      return false;
    }
    to = at;
    at++;
    kind = printable ? Kind.STRING : Kind.OTHER;
    return true;
  }

  private boolean readNumber() {
    from = at;
    escaped = false;
    boolean negative = bytes[at] == '-';
    if (negative) {
      at++;
    }
    int start = at;
    long value = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + bytes[at++] - '0';
    }
    int digits = at - start;
    value *= 1000;
    if (at < end && bytes[at] == '.') {
      at++;
      int weight = 100;
      while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
        value += (long) weight * (bytes[at++] - '0');
        weight /= 10;
      }
    }
    to = at;
    kind = digits <= MOST_DIGITS ? Kind.NUMBER : Kind.OTHER;
    number = negative ? -value : value;
    return digits > 0;
  }

  private boolean readFlag() {
    at++;
    if (at >= end || bytes[at] != '0' && bytes[at] != '1') {
      return false;
    }
    setFlag(bytes[at++] == '1');
    return true;
  }

  private boolean readBinary() {
    at++;
    while (at < end && bytes[at] != ':' && bytes[at] != ',') {
      at++;
    }
    if (!isAt(':')) {
      return false;
    }
    at++;
    kind = Kind.OTHER;
    return true;
  }

  private boolean readToken() {
    from = at;
    escaped = false;
    while (at < end && isOfToken(bytes[at])) {
      at++;
    }
    to = at;
    kind = Kind.TOKEN;
    return to > from;
  }

  private static boolean isOfKey(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c >= 'A' && c <= 'Z'
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '*';
  }

  private static boolean isOfToken(byte c) {
    return isOfKey(c) || c > 0 && ":/+%!#$&'^`|~".indexOf(c) >= 0;
  }
}
