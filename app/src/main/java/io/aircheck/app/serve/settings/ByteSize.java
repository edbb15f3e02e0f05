package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written as {@code 500MB} or {@code 20GB}: powers of 1000. */
public record ByteSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB|TB)?");
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L, "KB", 1000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

  /**
   * @throws IllegalArgumentException when it is no size
   */
  @JsonCreator
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a size, such as 500MB or 20GB");
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    try {
      return new ByteSize(
          Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.getOrDefault(unit, 1L)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("is too large a size", e);
    }
  }

  @JsonValue
  @Override
  public String toString() {
    return bytes + "B";
  }
}
