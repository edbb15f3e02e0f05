package io.aircheck.app.serve.incidents;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands in the place of a stream in incidents of viewers: the viewers whom it is about, as in
 * {@code viewers:cdn:north}. Their values are told by players and may be anything: bytes of UTF-8
 * that are no letter, digit, dot or hyphen of ASCII are {@code _} and two hexadecimal digits.
 */
public final class CohortKey {
  private static final String PREFIX = "viewers:";
  private static final String ALL = PREFIX + "all";
  private static final Pattern ESCAPE = Pattern.compile("_[0-9a-f]{2}");
  private static final HexFormat HEX = HexFormat.of();

  private CohortKey() {}

  /**
   * The key of some viewers.
   *
   * @param values what they have in common, by dimension; nothing: all viewers
   */
  public static String of(Map<String, String> values) {
    return values.isEmpty()
        ? ALL
        : new TreeMap<>(values)
            .entrySet().stream()
                .map(value -> plain(value.getKey()) + ":" + plain(value.getValue()))
                .collect(Collectors.joining(",", PREFIX, ""));
  }

  /** Whether a stream is none, but viewers. */
  public static boolean isOne(String stream) {
    return stream.startsWith(PREFIX);
  }

  /** What the viewers of a key have in common, by dimension; nothing: all viewers. */
  public static Map<String, String> values(String key) {
    Map<String, String> values = new TreeMap<>();
    if (!key.equals(ALL)) {
      for (String value : key.substring(PREFIX.length()).split(",", -1)) {
        int colon = value.indexOf(':');
        values.put(told(value.substring(0, colon)), told(value.substring(colon + 1)));
      }
    }
    return values;
  }

  /**
   * Whether a stream is viewers who have a value of a dimension in common, with or without more.
   */
  public static boolean names(String stream, String dimension, String value) {
    return isOne(stream) && value.equals(values(stream).get(dimension));
  }

  private static String plain(String told) {
    StringBuilder plain = new StringBuilder(told.length());
    for (byte one : told.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(one)) {
        plain.append((char) one);
      } else {
        HEX.toHexDigits(plain.append('_'), one);
      }
    }
    return plain.toString();
  }

  private static boolean isPlain(byte one) {
    return (one >= 'a' && one <= 'z')
        || (one >= 'A' && one <= 'Z')
        || (one >= '0' && one <= '9')
        || one == '.'
        || one == '-';
  }

  private static String told(String plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      if (plain.charAt(i) == '_' && ESCAPE.matcher(plain).region(i, plain.length()).lookingAt()) {
        bytes.write(HexFormat.fromHexDigits(plain, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(plain.charAt(i));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
