package io.aircheck.experience.cmcd;

import java.nio.charset.StandardCharsets;
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
        byte[] set = PercentEncoding.decode(query.substring(at + NAME.length(), end), true);
        return isEncoded(set)
            ? PercentEncoding.decode(new String(set, StandardCharsets.UTF_8), true)
            : set;
      }
      at = end + 1;
    }
    return null;
  }

  /** Some logs encode what is encoded: a set without equals sign is none yet. */
  private static boolean isEncoded(byte[] set) {
    boolean percent = false;
    for (byte b : set) {
      if (b == '=') {
        return false;
      }
      percent |= b == '%';
    }
    return percent;
  }
}
