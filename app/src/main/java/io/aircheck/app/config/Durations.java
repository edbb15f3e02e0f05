package io.aircheck.app.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as people write them: {@code 500ms}, {@code 60s}, {@code 5m}, {@code 24h}, {@code
 * 30d}.
 */
public final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is no length of time
   */
  public static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a length of time, such as 60s, 5m, 24h or 30d");
    }
    return UNITS
        .getOrDefault(matcher.group(2), Duration.ZERO)
        .multipliedBy(Long.parseLong(matcher.group(1)));
  }

  static String print(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
