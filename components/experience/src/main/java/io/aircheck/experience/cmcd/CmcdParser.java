package io.aircheck.experience.cmcd;

import io.aircheck.experience.cmcd.FieldCursor.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads dictionaries of structured fields (RFC 8941, section 3.2) leniently: what is ill-formed or
 * ill-typed is left out up to the next comma, and the rest is read. Costs one pass over the bytes
 * and no objects but the texts. Not thread-safe.
 */
public final class CmcdParser {
  private static final int LONGEST_CUSTOM_VALUE = 64;

  private final Set<String> customKeys;
  private final FieldCursor cursor = new FieldCursor();

  /**
   * A parser that also reads the values of some custom keys, which have a hyphen in their names.
   */
  public CmcdParser(Set<String> customKeys) {
    this.customKeys = Set.copyOf(customKeys);
  }

  /** Adds what a part of an array holds to a record. */
  public void parse(byte[] array, int from, int to, CmcdRecord record) {
    cursor.start(array, from, to);
    cursor.skipSpace();
    while (!cursor.isAtEnd()) {
      if (cursor.isAt(',')) {
        cursor.skip();
      } else {
        member(record);
      }
      cursor.skipSpace();
    }
  }

  private void member(CmcdRecord record) {
    int length = cursor.readKey();
    CmcdKey key = length > 0 && length <= Long.BYTES ? CmcdKey.of(cursor.packedKey()) : null;
    String custom = key == null && length > 0 ? custom(length) : null;
    boolean whole = length > 0 && value(record, key, custom);
    cursor.skipSpace();
    if (whole && (cursor.isAtEnd() || cursor.isAt(','))) {
      record.member();
      return;
    }
    record.fault();
    if (key != null) {
      record.remove(key);
    }
    cursor.skipMember();
  }

  private @Nullable String custom(int length) {
    if (customKeys.isEmpty()) {
      return null;
    }
    String name = cursor.key(length);
    return customKeys.contains(name) ? name : null;
  }

  /** Reads what follows a key; false where that cannot be read. */
  private boolean value(CmcdRecord record, @Nullable CmcdKey key, @Nullable String custom) {
    if (key != null) {
      record.remove(key); // the last one counts (RFC 8941, section 3.2)
      record.startList(key);
    }
    int type = CmcdTokens.NO_OBJECT;
    if (!cursor.isAt('=')) {
      cursor.readNothing();
      cursor.readParameters();
    } else {
      cursor.skip();
      if (cursor.isAt('(')) {
        return innerList(record, key);
      }
      if (!cursor.readItem()) {
        return false;
      }
      type = cursor.readParameters();
    }
    if (key != null) {
      store(record, key, type);
    } else if (custom != null && isShortText()) {
      record.setCustom(custom, cursor.text(null));
    }
    return true;
  }

  private boolean isShortText() {
    return cursor.isText() && cursor.textLength() <= LONGEST_CUSTOM_VALUE;
  }

  private boolean innerList(CmcdRecord record, @Nullable CmcdKey key) {
    boolean taken = key == null || isList(key.type());
    cursor.skip();
    while (true) {
      cursor.skipSpace();
      if (cursor.isAtEnd()) {
        return false;
      }
      if (cursor.isAt(')')) {
        cursor.skip();
        cursor.readParameters();
        return taken;
      }
      if (!cursor.readItem()) {
        return false;
      }
      int type = cursor.readParameters();
      if (key != null && taken) {
        store(record, key, type);
      }
    }
  }

  private static boolean isList(CmcdKey.Type type) {
    return type == CmcdKey.Type.NUMBERS || type == CmcdKey.Type.TEXTS;
  }

  private void store(CmcdRecord record, CmcdKey key, int objectType) {
    if (!stored(record, key, objectType)) {
      record.fault();
    }
  }

  /** Stores the item where it is of the type of the key and within its limit. */
  private boolean stored(CmcdRecord record, CmcdKey key, int objectType) {
    return switch (key.type()) {
      case FLAG -> storedFlag(record, key);
      case NUMBER, THOUSANDTHS, NUMBERS -> storedNumber(record, key, objectType);
      case TOKEN -> storedToken(record, key);
      case TEXT, TEXTS -> storedText(record, key);
    };
  }

  private boolean storedFlag(CmcdRecord record, CmcdKey key) {
    if (cursor.kind() != Kind.FLAG) {
      return false;
    }
    record.setNumber(key, cursor.number());
    return true;
  }

  private boolean storedNumber(CmcdRecord record, CmcdKey key, int objectType) {
    if (cursor.kind() != Kind.NUMBER || cursor.number() < 0) {
      return false;
    }
    boolean whole = key.type() != CmcdKey.Type.THOUSANDTHS;
    long number = whole ? (cursor.number() + 500) / 1000 : cursor.number();
    if (number > key.limit()) {
      return false;
    }
    if (key.type() == CmcdKey.Type.NUMBERS) {
      record.addItem(key, number, objectType);
    } else {
      record.setNumber(key, number);
    }
    return true;
  }

  private boolean storedToken(CmcdRecord record, CmcdKey key) {
    if (!cursor.isText()) {
      return false;
    }
    record.setNumber(key, cursor.token());
    return true;
  }

  private boolean storedText(CmcdRecord record, CmcdKey key) {
    boolean several = key.type() == CmcdKey.Type.TEXTS;
    if (!cursor.isText() && !(several && cursor.kind() == Kind.NUMBER)) {
      return false;
    }
    if (several && record.has(key)) {
      return true; // the first is kept
    }
    String text = cursor.text(record.formerText(key));
    if (text.length() > key.limit()) {
      return false;
    }
    record.setText(key, text);
    return true;
  }
}
