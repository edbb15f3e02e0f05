package io.aircheck.experience.logs;

import io.aircheck.experience.cmcd.CmcdRequests;
import io.aircheck.experience.cmcd.PercentEncoding;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.report.ViewerReport;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Amazon CloudFront: columns between tabs. Standard logs name theirs in a line {@code #Fields:};
 * those of real-time logs are as they were configured.
 */
public final class CloudFrontLog implements LogFormat {
  private static final String FIELDS = "#Fields:";
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("cmcd-encoded-bitrate", "br"),
          Map.entry("cmcd-buffer-length", "bl"),
          Map.entry("cmcd-buffer-starvation", "bs"),
          Map.entry("cmcd-content-id", "cid"),
          Map.entry("cmcd-object-type", "ot"),
          Map.entry("cmcd-playback-rate", "pr"),
          Map.entry("cmcd-streaming-format", "sf"),
          Map.entry("cmcd-session-id", "sid"),
          Map.entry("cmcd-stream-type", "st"),
          Map.entry("cmcd-version", "v"));

  private Map<String, Integer> columns;

  /**
   * A reader.
   *
   * @param fields names of the columns; none: the log names them
   */
  public CloudFrontLog(List<String> fields) {
    this.columns = columns(fields);
  }

  @Override
  public void read(byte[] lines, Consumer<LoggedRequest> requests, Runnable malformed) {
    new String(lines, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> line(line, requests, malformed));
  }

  private void line(String line, Consumer<LoggedRequest> requests, Runnable malformed) {
    if (line.startsWith(FIELDS)) {
      columns = columns(List.of(line.substring(FIELDS.length()).strip().split("\\s+")));
    } else if (!line.startsWith("#")) {
      Row row = new Row(line.split("\t", -1));
      long millis = row.millis();
      if (millis < 0 || row.cells.length < columns.size()) {
        malformed.run();
      } else {
        requests.accept(request(row, millis));
      }
    }
  }

  private static LoggedRequest request(Row row, long millis) {
    Map<String, String> headers = row.headers();
    List<String> data = new ArrayList<>();
    for (String name : CmcdRequests.HEADERS) {
      String value = headers.get(name);
      if (value != null) {
        data.add(value);
      }
    }
    String set = row.set();
    if (data.isEmpty() && !set.isEmpty()) {
      data.add(set);
    }
    String host = row.text("x-host-header", "cs-host", "cs(Host)");
    String status = row.text("sc-status");
    return new LoggedRequest(
        millis,
        host,
        row.text("cs-uri-stem"),
        row.text("cs-uri-query"),
        data,
        status == null ? -1 : (int) whole(status),
        row.seconds("time-to-first-byte"),
        row.seconds("time-taken"),
        new Sender(
            row.text("c-ip"),
            decoded(row.text("cs-user-agent", "cs(User-Agent)")),
            headers.get("sec-gpc"),
            headers.get("dnt")),
        new Location(row.text("c-country"), row.text("asn")));
  }

  private static Map<String, Integer> columns(List<String> fields) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      columns.put(fields.get(i), i);
    }
    return columns;
  }

  private static long whole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Values are encoded once or twice. */
  private static @Nullable String decoded(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String once = PercentEncoding.text(text);
    return PercentEncoding.text(once);
  }

  /** The cells of a line by the names of their columns. */
  private final class Row {
    private final String[] cells;

    Row(String[] cells) {
      this.cells = cells;
    }

    /** The first of some columns that is there and not empty. */
    @Nullable String text(String... names) {
      for (String name : names) {
        Integer column = columns.get(name);
        if (column != null && column < cells.length) {
          String cell = cells[column].strip();
          if (!cell.isEmpty() && !cell.equals("-")) {
            return cell;
          }
        }
      }
      return null;
    }

    /** Milliseconds since the epoch; -1: none. */
    long millis() {
      String stamp = text("timestamp", "timestamp(ms)");
      if (stamp != null) {
        return Epoch.millis(stamp);
      }
      String date = text("date");
      String time = text("time");
      if (date == null || time == null) {
        return -1;
      }
      try {
        long millis =
            LocalDateTime.parse(date + "T" + time).toInstant(ZoneOffset.UTC).toEpochMilli();
        return millis < 0 || millis > ViewerReport.MAX_MILLIS ? -1 : millis;
      } catch (DateTimeException e) {
        return -1;
      }
    }

    /** A duration in seconds as milliseconds; -1: none. */
    long seconds(String name) {
      String seconds = text(name);
      return seconds == null ? -1 : Epoch.thousandths(seconds);
    }

    /** Headers by their names in lower case. */
    Map<String, String> headers() {
      String all = text("cs-headers");
      if (all == null) {
        return Map.of();
      }
      Map<String, String> headers = new HashMap<>();
      for (String header : PercentEncoding.text(all).split("\n")) {
        int colon = header.indexOf(':');
        if (colon > 0) {
          headers.put(
              header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
              header.substring(colon + 1).strip());
        }
      }
      return headers;
    }

    /** The set of keys that stand in columns of their own. */
    String set() {
      StringBuilder set = new StringBuilder();
      KEYS.forEach(
          (column, key) -> {
            String cell = text(column);
            if (cell != null) {
              set.append(set.isEmpty() ? "" : ",").append(member(key, PercentEncoding.text(cell)));
            }
          });
      return set.toString();
    }

    private static String member(String key, String value) {
      return switch (key) {
        case "bs" -> value.equals("true") || value.equals("1") ? "bs" : "bs=?0";
        case "sid", "cid" ->
            key + "=" + (value.startsWith("\"") ? value : "\"" + value.replace("\"", "") + "\"");
        default -> key + "=" + value;
      };
    }
  }
}
