package io.aircheck.storage.parquet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a file: {@code sessions/date=2026-11-27/hour=17/WRITER-2026112717.parquet}, in UTC. A
 * batch that is written again has the same names, so nothing is there twice.
 *
 * @param table whose facts it has
 * @param hourMillis start of the hour that they are of
 * @param writer which process, or others of the same data directory, wrote it
 * @param batchMillis the batch that they were of
 */
record FactFileName(String table, long hourMillis, String writer, long batchMillis) {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("'date='yyyy-MM-dd'/hour='HH", Locale.ROOT);
  private static final DateTimeFormatter BATCH =
      DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT);
  private static final Pattern NAME =
      Pattern.compile(
          "([A-Za-z0-9]+)/date=(\\d{4})-(\\d\\d)-(\\d\\d)/hour=(\\d\\d)/([a-z0-9]+)-"
              + "(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)\\.parquet");

  /** Reads a name; empty: it is none of these. */
  static Optional<FactFileName> parse(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FactFileName(parts.group(1), hour(parts, 2), parts.group(6), hour(parts, 7)));
    } catch (java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The start of an hour whose year, month, day and hour are groups of a match. */
  private static long hour(Matcher parts, int from) {
    return ZonedDateTime.of(
            Integer.parseInt(parts.group(from)),
            Integer.parseInt(parts.group(from + 1)),
            Integer.parseInt(parts.group(from + 2)),
            Integer.parseInt(parts.group(from + 3)),
            0,
            0,
            0,
            ZoneOffset.UTC)
        .toInstant()
        .toEpochMilli();
  }

  @Override
  public String toString() {
    return "%s/%s/%s-%s.parquet"
        .formatted(
            table,
            FOLDER.format(Instant.ofEpochMilli(hourMillis).atZone(ZoneOffset.UTC)),
            writer,
            BATCH.format(Instant.ofEpochMilli(batchMillis).atZone(ZoneOffset.UTC)));
  }
}
