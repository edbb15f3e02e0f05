package io.aircheck.app.serve.incidents;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What stands in the place of a stream in incidents of viewers: the viewers whom it is about, as in
 * {@code viewers:cdn:north}. Their values are told by players and may be anything; what is not
 * plain is replaced, and told apart by a hash.
 */
public final class CohortKey {
  private static final String PREFIX = "viewers:";
  private static final String ALL = PREFIX + "all";
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9._-]");

  private CohortKey() {}

  /**
   * The key of some viewers.
   *
   * @param values what they have in common, by dimension; nothing: all viewers
   */
  public static String of(Map<String, String> values) {
    if (values.isEmpty()) {
      return ALL;
    }
    StringBuilder key = new StringBuilder(PREFIX);
    new TreeMap<>(values)
        .forEach(
            (dimension, value) ->
                key.append(key.length() == PREFIX.length() ? "" : ",")
                    .append(plain(dimension))
                    .append(':')
                    .append(plain(value)));
    return key.toString();
  }

  /** Whether a stream is none, but viewers. */
  public static boolean isOne(String stream) {
    return stream.startsWith(PREFIX);
  }

  private static String plain(String text) {
    String plain = NOT_PLAIN.matcher(text).replaceAll("_");
    return plain.equals(text) ? text : plain + "." + Integer.toHexString(text.hashCode());
  }
}
