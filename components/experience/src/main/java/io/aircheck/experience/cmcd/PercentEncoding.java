package io.aircheck.experience.cmcd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Percent-encoding (RFC 3986, section 2.1). */
public final class PercentEncoding {
  private PercentEncoding() {}

  /** The bytes that were encoded. What encodes nothing is kept. */
  public static byte[] decode(String text, boolean plusIsSpace) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = plusIsSpace && bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The text that was encoded, in which a plus sign is one. */
  public static String text(String text) {
    return text.indexOf('%') < 0 ? text : new String(decode(text, false), StandardCharsets.UTF_8);
  }
}
