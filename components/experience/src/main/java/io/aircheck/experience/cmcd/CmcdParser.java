package io.aircheck.experience.cmcd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads dictionaries of structured fields (RFC 8941, section 3.2) leniently: what is ill-formed or
 * ill-typed is left out up to the next comma, and the rest is read. Costs one pass over the bytes
 * and no objects but the texts. Not thread-safe.
 */
public final class CmcdParser {
  private static final int LONGEST_CUSTOM_VALUE = 64;
  private static final int MOST_DIGITS = 15;

  private final Set<String> customKeys;
  private final Item item = new Item();
  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /**
   * A parser that also reads the values of some custom keys, which have a hyphen in their names.
   */
  public CmcdParser(Set<String> customKeys) {
    this.customKeys = Set.copyOf(customKeys);
  }

  /** Adds what a part of an array holds to a record. */
  public void parse(byte[] array, int from, int to, CmcdRecord record) {
    bytes = array;
    at = from;
    end = to;
    skipSpace();
    while (at < end) {
      if (bytes[at] == ',') {
        at++;
      } else {
        member(record);
      }
      skipSpace();
    }
  }

  private void member(CmcdRecord record) {
    int keyFrom = at;
    long packed = 0;
    while (at < end && isOfKey(bytes[at])) {
      packed = packed << 8 | bytes[at++];
    }
    int length = at - keyFrom;
    CmcdKey key = length > 0 && length <= Long.BYTES ? CmcdKey.of(packed) : null;
    boolean whole = length > 0 && value(record, key, keyFrom, at);
    skipSpace();
    if (whole && (at == end || bytes[at] == ',')) {
      record.member();
      return;
    }
    record.fault();
    if (key != null) {
      record.remove(key);
    }
    skipMember();
  }

  /** Reads what follows a key; false where that cannot be read. */
  private boolean value(CmcdRecord record, @Nullable CmcdKey key, int keyFrom, int keyTo) {
    if (key != null) {
      record.remove(key); // the last one counts (RFC 8941, section 3.2)
      record.startList(key);
    }
    if (at == end || bytes[at] != '=') {
      item.flag(true);
      parameters();
      store(record, key, keyFrom, keyTo, CmcdTokens.NO_OBJECT);
      return true;
    }
    at++;
    if (at < end && bytes[at] == '(') {
      return innerList(record, key, keyFrom, keyTo);
    }
    if (!item.read()) {
      return false;
    }
    store(record, key, keyFrom, keyTo, parameters());
    return true;
  }

  private boolean innerList(CmcdRecord record, @Nullable CmcdKey key, int keyFrom, int keyTo) {
    at++;
    while (true) {
      skipSpace();
      if (at == end) {
        return false;
      }
      if (bytes[at] == ')') {
        at++;
        parameters();
        return key == null || isList(key.type());
      }
      if (!item.read()) {
        return false;
      }
      int type = parameters();
      if (key == null || isList(key.type())) {
        store(record, key, keyFrom, keyTo, type);
      }
    }
  }

  private static boolean isList(CmcdKey.Type type) {
    return type == CmcdKey.Type.NUMBERS || type == CmcdKey.Type.TEXTS;
  }

  /** Reads parameters; the name of the first that has no value, or that there is none. */
  private int parameters() {
    int type = CmcdTokens.NO_OBJECT;
    while (at < end && bytes[at] == ';') {
      at++;
      skipSpace();
      int from = at;
      while (at < end && isOfKey(bytes[at])) {
        at++;
      }
      if (at < end && bytes[at] == '=') {
        at++;
        Item value = new Item();
        if (!value.read()) {
          return type;
        }
      } else if (type == CmcdTokens.NO_OBJECT) {
        type = CmcdTokens.pack(bytes, from, at);
      }
    }
    return type;
  }

  private void store(
      CmcdRecord record, @Nullable CmcdKey key, int keyFrom, int keyTo, int objectType) {
    if (key == null) {
      storeCustom(record, keyFrom, keyTo);
    } else if (!stored(record, key, objectType)) {
      record.fault();
    }
  }

  /** Stores the item where it is of the type of the key and within its limit. */
  private boolean stored(CmcdRecord record, CmcdKey key, int objectType) {
    switch (key.type()) {
      case FLAG -> {
        if (item.kind != Kind.FLAG) {
          return false;
        }
        record.setNumber(key, item.number);
      }
      case NUMBER, THOUSANDTHS, NUMBERS -> {
        if (item.kind != Kind.NUMBER || item.number < 0) {
          return false;
        }
        boolean whole = key.type() != CmcdKey.Type.THOUSANDTHS;
        long number = whole ? (item.number + 500) / 1000 : item.number;
        if (number > key.limit()) {
          return false;
        }
        if (key.type() == CmcdKey.Type.NUMBERS) {
          record.addItem(key, number, objectType);
        } else {
          record.setNumber(key, number);
        }
      }
      case TOKEN -> {
        if (!item.isText()) {
          return false;
        }
        record.setNumber(key, CmcdTokens.pack(bytes, item.from, item.to));
      }
      case TEXT, TEXTS -> {
        boolean several = key.type() == CmcdKey.Type.TEXTS;
        if (!item.isText() && !(several && item.kind == Kind.NUMBER)) {
          return false;
        }
        if (several && record.has(key)) {
          return true; // the first is kept
        }
        String text = text(record.formerText(key));
        if (text.length() > key.limit()) {
          return false;
        }
        record.setText(key, text);
      }
    }
    return true;
  }

  private void storeCustom(CmcdRecord record, int keyFrom, int keyTo) {
    if (customKeys.isEmpty() || !item.isText() || item.to - item.from > LONGEST_CUSTOM_VALUE) {
      return;
    }
    String name = new String(bytes, keyFrom, keyTo - keyFrom, StandardCharsets.US_ASCII);
    if (customKeys.contains(name)) {
      record.setCustom(name, text(null));
    }
  }

  /** The text of the item: the former one where it is the same. */
  private String text(@Nullable String former) {
    if (item.escaped) {
      return unescaped();
    }
    int length = item.to - item.from;
    if (former != null && former.length() == length) {
      int i = 0;
      while (i < length && former.charAt(i) == bytes[item.from + i]) {
        i++;
      }
      if (i == length) {
        return former;
      }
    }
    return new String(bytes, item.from, length, StandardCharsets.UTF_8);
  }

  private String unescaped() {
    byte[] text = Arrays.copyOfRange(bytes, item.from, item.to);
    int length = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\\') {
        i++;
      }
      text[length++] = text[i];
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private void skipSpace() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
  }

  /** Goes to the next comma that is in no string. */
  private void skipMember() {
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
    return isOfKey(c)
        || c == ':'
        || c == '/'
        || c == '+'
        || c == '%'
        || c == '!'
        || c == '#'
        || c == '$'
        || c == '&'
        || c == '\''
        || c == '^'
        || c == '`'
        || c == '|'
        || c == '~';
  }

  private enum Kind {
    FLAG,
    NUMBER,
    TOKEN,
    STRING,
    /** Well-formed, but nothing that any key has. */
    OTHER
  }

  /** One bare item, as it stands in the bytes. */
  private final class Item {
    private Kind kind = Kind.OTHER;
    private long number;
    private int from;
    private int to;
    private boolean escaped;

    boolean isText() {
      return kind == Kind.STRING || kind == Kind.TOKEN;
    }

    void flag(boolean value) {
      kind = Kind.FLAG;
      number = value ? 1 : 0;
    }

    /** Reads the item that starts here; false where none does. */
    boolean read() {
      if (at == end) {
        return false;
      }
      byte first = bytes[at];
      if (first == '"') {
        return string();
      }
      if (first == '-' || first >= '0' && first <= '9') {
        return number();
      }
      if (first == '?') {
        return question();
      }
      if (first == ':') {
        return binary();
      }
      return token();
    }

    private boolean string() {
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

    private boolean number() {
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
          value += weight * (bytes[at++] - '0');
          weight /= 10;
        }
      }
      to = at;
      kind = digits <= MOST_DIGITS ? Kind.NUMBER : Kind.OTHER;
      number = negative ? -value : value;
      return digits > 0;
    }

    private boolean question() {
      at++;
      if (at == end || bytes[at] != '0' && bytes[at] != '1') {
        return false;
      }
      flag(bytes[at++] == '1');
      return true;
    }

    private boolean binary() {
      at++;
      while (at < end && bytes[at] != ':' && bytes[at] != ',') {
        at++;
      }
      if (at == end || bytes[at] == ',') {
        return false;
      }
      at++;
      kind = Kind.OTHER;
      return true;
    }

    private boolean token() {
      from = at;
      escaped = false;
      while (at < end && isOfToken(bytes[at])) {
        at++;
      }
      to = at;
      kind = Kind.TOKEN;
      return to > from;
    }
  }
}
