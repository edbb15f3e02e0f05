package io.aircheck.app.serve.evidence;

import io.aircheck.core.media.RequestLog.Exchange;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.TreeMap;

/** Requests and their answers as text that a person reads and a tool can search. */
final class RequestText {
  private RequestText() {}

  /**
   * One block for each exchange: time (UTC) and address, status and time taken, headers, and the
   * playlist where it changed.
   */
  static String of(List<Exchange> exchanges) {
    StringBuilder text = new StringBuilder();
    for (Exchange exchange : exchanges) {
      text.append(DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(exchange.atMillis())))
          .append(" GET ")
          .append(exchange.uri())
          .append('\n');
      exchange
          .failure()
          .ifPresentOrElse(
              why -> line(text, "no answer: " + why + ", after " + exchange.tookMillis() + " ms"),
              () -> {
                if (exchange.status() != 0) {
                  line(text, exchange.status() + ", after " + exchange.tookMillis() + " ms");
                }
              });
      new TreeMap<>(exchange.headers()).forEach((name, value) -> line(text, name + ": " + value));
      exchange
          .playlist()
          .ifPresent(playlist -> playlist.lines().forEach(each -> line(text, "  | " + each)));
      text.append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append("  ").append(line).append('\n');
  }
}
