package io.aircheck.notify.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long {@code Retry-After} asks to wait: seconds or a date (RFC 9110, section 10.2.3). */
final class RetryAfterHeader {
  /** A number of more digits is no time that anybody means. */
  private static final String SECONDS = "\\d{1,9}";

  private RetryAfterHeader() {}

  /** The time to wait, not negative; empty for what is neither of both. */
  static Optional<Duration> parse(String value, InstantSource clock) {
    String text = value.strip();
    if (text.matches(SECONDS)) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      Duration wait = Duration.between(clock.instant(), until);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
