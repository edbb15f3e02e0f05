package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of settings whose names are not known here, by names with dots: {@code headers.X-Team}.
 */
final class NestedValues {
  private NestedValues() {}

  /**
   * Makes them flat.
   *
   * @throws IllegalArgumentException for a list
   */
  static Map<String, String> flat(Map<String, JsonNode> values) {
    Map<String, String> flat = new TreeMap<>();
    values.forEach((name, value) -> add(flat, name, value));
    return flat;
  }

  private static void add(Map<String, String> flat, String name, JsonNode value) {
    if (value.isObject()) {
      value.properties().forEach(entry -> add(flat, name + "." + entry.getKey(), entry.getValue()));
    } else if (value.isArray()) {
      throw new IllegalArgumentException(name + " must be text, not a list");
    } else if (!value.isNull()) {
      flat.put(name, value.asText());
    }
  }
}
