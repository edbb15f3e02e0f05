package io.aircheck.app.monitor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.aircheck.app.report.JsonReport;
import io.aircheck.app.report.Palette;
import io.aircheck.core.observe.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One line for each opening and closing of a finding. */
public interface MonitorLog {

  /**
   * @param input the input with secrets removed
   * @param opened whether it opened, rather than closed
   */
  void line(String input, boolean opened, long wallClockMillis, Finding finding);

  /**
   * Lines for people: times in UTC, times of media since the input began. A finding lasted as long
   * as its media, or as the clock when media stood still meanwhile.
   */
  static MonitorLog text(PrintWriter out, Palette palette) {
    Map<List<Object>, Long> openedMillis = new ConcurrentHashMap<>();
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    return (input, opened, wallClockMillis, finding) -> {
      String word = String.format(Locale.ROOT, "%-7s", finding.severity().word());
      String severity =
          switch (finding.severity()) {
            case ERROR -> palette.error(word);
            case WARNING -> palette.warning(word);
            case INFO -> palette.dim(word);
          };
      List<Object> key = List.of(input, String.valueOf(finding.rendition()), finding.id());
      String length;
      if (opened) {
        openedMillis.put(key, wallClockMillis);
        length = String.format(Locale.ROOT, "since %.2f s", finding.startMicros() / 1e6);
      } else {
        Long since = openedMillis.remove(key);
        double clock = since == null ? 0 : (wallClockMillis - since) / 1e3;
        length =
            String.format(
                Locale.ROOT, "after %.2f s", Math.max(clock, finding.durationMicros() / 1e6));
      }
      out.printf(
          Locale.ROOT,
          "%s  %s  %s  %-26s  %s%s  %s  %s%n",
          palette.dim(time.format(Instant.ofEpochMilli(wallClockMillis))),
          opened ? "opened" : palette.good("closed"),
          severity,
          finding.kind(),
          input,
          finding.rendition() == null ? "" : " [" + finding.rendition() + "]",
          palette.dim(length),
          finding.message());
      out.flush();
    };
  }

  /** Lines of JSON: the finding as in a report, with event, input and wall-clock time. */
  static MonitorLog json(PrintWriter out) {
    JsonFactory factory = new JsonFactory();
    return (input, opened, wallClockMillis, finding) -> {
      StringWriter line = new StringWriter();
      try (JsonGenerator json = factory.createGenerator(line)) {
        json.writeStartObject();
        json.writeStringField("event", opened ? "opened" : "closed");
        json.writeStringField("input", input);
        json.writeStringField("wallClock", Instant.ofEpochMilli(wallClockMillis).toString());
        JsonReport.writeFields(finding, json);
        json.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      out.println(line);
      out.flush();
    };
  }
}
