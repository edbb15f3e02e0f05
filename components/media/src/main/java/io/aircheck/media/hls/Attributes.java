package io.aircheck.media.hls;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attribute list (RFC 8216, 4.2). What does not follow the grammar is passed over.
 *
 * @param byName values without quotes; the first of each name
 */
record Attributes(Map<String, String> byName) {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([A-Za-z0-9-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^,\"]*))");

  static Attributes of(String list) {
    Map<String, String> values = new HashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(list);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      values.putIfAbsent(matcher.group(1), quoted != null ? quoted : matcher.group(3).strip());
    }
    return new Attributes(values);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }
}
