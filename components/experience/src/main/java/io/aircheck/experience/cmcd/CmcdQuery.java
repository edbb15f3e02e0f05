package io.aircheck.experience.cmcd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the set of keys in the query of an address and decodes it. */
public final class CmcdQuery {
  private static final String NAME = "CMCD=";

  private CmcdQuery() {}

  /** The decoded value of the argument {@code CMCD}; null: there is none. */
  public static byte @Nullable [] set(String query) {
    int at = 0;
    while (at < query.length()) {
      int end = query.indexOf('&', at);
      end = end < 0 ? query.length() : end;
      if (query.startsWith(NAME, at)) {
        return decode(query.substring(at + NAME.length(), end));
      }
      at = end + 1;
    }
    return null;
  }

  /** Undoes percent-encoding (RFC 3986, section 2.1) and plus signs; what is none is kept. */
  static byte[] decode(String encoded) {
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return Arrays.copyOf(bytes, length);
  }
}
