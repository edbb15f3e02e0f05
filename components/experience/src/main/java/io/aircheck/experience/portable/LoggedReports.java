package io.aircheck.experience.portable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.aircheck.experience.report.ViewerReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports that were made of some lines of a request log, and how far the log had been read with
 * them: both are kept, or neither is. As bytes it is a line in JSON for the log, and one for the
 * reports of each session, as {@link ReportsJson} has them. Immutable.
 *
 * @param log its name in the settings
 * @param source where its lines come from
 * @param mark how far it has been read, in one line; what that means is for its reader to know
 * @param reports session by session, those of each in their order
 */
public record LoggedReports(String log, String source, String mark, List<ViewerReport> reports) {
  private static final String SCHEMA = "aircheck.viewer-log/1";
  private static final JsonFactory JSON = new JsonFactory();

  /** Puts reports in the order that is kept: session by session, in the order of arrival. */
  public LoggedReports {
    Map<String, List<ViewerReport>> sessions = sessions(reports);
    reports = sessions.values().stream().flatMap(List::stream).toList();
  }

  private static Map<String, List<ViewerReport>> sessions(List<ViewerReport> reports) {
    Map<String, List<ViewerReport>> sessions = new LinkedHashMap<>();
    for (ViewerReport report : reports) {
      sessions.computeIfAbsent(report.session(), session -> new ArrayList<>()).add(report);
    }
    return sessions;
  }

  /** The same but for the reports of a session. */
  public LoggedReports without(String session) {
    List<ViewerReport> others =
        reports.stream().filter(report -> !report.session().equals(session)).toList();
    return new LoggedReports(log, source, mark, others);
  }

  /** Writes it. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + 512 * reports.size());
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      json.writeStringField("log", log);
      json.writeStringField("source", source);
      json.writeStringField("mark", mark);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
    for (List<ViewerReport> session : sessions(reports).values()) {
      bytes.write('\n');
      bytes.writeBytes(ReportsJson.write(session));
    }
    return bytes.toByteArray();
  }

  /**
   * Reads it.
   *
   * @throws IOException if it was not written so; one line
   */
  public static LoggedReports read(byte[] bytes) throws IOException {
    int end = lineEnd(bytes, 0);
    LoggedReports head = head(Arrays.copyOf(bytes, end));
    List<ViewerReport> reports = new ArrayList<>();
    for (int from = end + 1; from < bytes.length; from = end + 1) {
      end = lineEnd(bytes, from);
      reports.addAll(ReportsJson.read(Arrays.copyOfRange(bytes, from, end)));
    }
    return new LoggedReports(head.log, head.source, head.mark, reports);
  }

  /**
   * Reads how far which log had been read, and no reports.
   *
   * @throws IOException if it was not written so; one line
   */
  public static LoggedReports readMark(byte[] bytes) throws IOException {
    return head(Arrays.copyOf(bytes, lineEnd(bytes, 0)));
  }

  private static int lineEnd(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static LoggedReports head(byte[] line) throws IOException {
    String schema = "";
    String log = "";
    String source = "";
    String mark = "";
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          switch (name) {
            case "schema" -> schema = json.getText();
            case "log" -> log = json.getText();
            case "source" -> source = json.getText();
            case "mark" -> mark = json.getText();
            default -> json.skipChildren();
          }
        }
      }
    }
    if (!schema.equals(SCHEMA)) {
      throw new IOException("of the schema \"" + schema + "\", not " + SCHEMA);
    }
    return new LoggedReports(log, source, mark, List.of());
  }
}
