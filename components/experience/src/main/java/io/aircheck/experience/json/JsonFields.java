package io.aircheck.experience.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of an object by their paths: names and positions joined by dots. Values of other types
 * than asked for are none, but numbers in quotes are numbers.
 */
public final class JsonFields {
  private static final int MOST_FIELDS = 256;

  private final Map<String, Object> values = new HashMap<>();

  JsonFields() {}

  /** A string, or a number as it would be written; null: none. */
  public @Nullable String text(String path) {
    Object value = values.get(path);
    return value == null || value instanceof Boolean ? null : value.toString();
  }

  /** A string that is not blank and not longer than a limit; null: none. */
  public @Nullable String text(String path, int limit) {
    String text = text(path);
    return text == null || text.isBlank() || text.length() > limit ? null : text;
  }

  /** A finite number; null: none. */
  public @Nullable Double decimal(String path) {
    Object value = values.get(path);
    if (value instanceof Number number) {
      double decimal = number.doubleValue();
      return Double.isFinite(decimal) ? (Double) decimal : null;
    }
    return value instanceof String text ? parsed(text) : null;
  }

  /** A number, rounded, from 0 to a limit; null: none. */
  public @Nullable Long whole(String path, long limit) {
    Object value = values.get(path);
    if (value instanceof Long whole) {
      return whole < 0 || whole > limit ? null : whole;
    }
    Double decimal = decimal(path);
    return decimal == null || decimal < 0 || decimal > limit ? null : (Long) Math.round(decimal);
  }

  /** The same as {@link #whole} for what fits into an int. */
  public @Nullable Integer small(String path, int limit) {
    Long whole = whole(path, limit);
    return whole == null ? null : (Integer) whole.intValue();
  }

  /** A truth value; null: none. */
  public @Nullable Boolean flag(String path) {
    return values.get(path) instanceof Boolean flag ? flag : null;
  }

  /** Strings and numbers below a path, by what follows in theirs. */
  public Map<String, String> below(String path) {
    String prefix = path + ".";
    Map<String, String> below = new HashMap<>();
    for (String name : values.keySet()) {
      String text = name.startsWith(prefix) ? text(name) : null;
      if (text != null) {
        below.put(name.substring(prefix.length()), text);
      }
    }
    return below;
  }

  void put(String path, Object value) {
    if (values.size() < MOST_FIELDS) {
      values.put(path, value);
    }
  }

  private static @Nullable Double parsed(String text) {
    if (text.isEmpty() || text.length() > 32) {
      return null;
    }
    char first = text.charAt(0);
    if (first != '-' && (first < '0' || first > '9')) {
      return null;
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? (Double) number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
