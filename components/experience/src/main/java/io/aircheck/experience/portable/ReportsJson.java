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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports of one session as a collector hands them over: JSON, so that others can read the topic
 * too. What is not told is left out; names that are not known are skipped, so that a newer
 * collector and an older reader go together.
 */
public final class ReportsJson {
  private static final String SCHEMA = "aircheck.viewer-reports/1";
  private static final JsonFactory JSON = new JsonFactory();

  private ReportsJson() {}

  /**
   * Writes reports.
   *
   * @param reports all of one session, at least one
   */
  public static byte[] write(List<ViewerReport> reports) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * reports.size());
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      json.writeStringField("session", reports.getFirst().session());
      json.writeArrayFieldStart("reports");
      for (ViewerReport report : reports) {
        write(json, report);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, ViewerReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("channel", report.channel());
    json.writeNumberField("sequence", report.sequence());
    json.writeNumberField("eventMillis", report.eventMillis());
    json.writeNumberField("receivedMillis", report.receivedMillis());
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> attribute : report.attributes().entrySet()) {
      json.writeStringField(attribute.getKey(), attribute.getValue());
    }
    json.writeEndObject();
    json.writeFieldName("facts");
    FactsJson.write(json, report.facts());
    json.writeEndObject();
  }

  /**
   * Reads reports, in their order.
   *
   * @throws IOException if these are none that were written so; one line
   */
  public static List<ViewerReport> read(byte[] bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      List<ViewerReport> reports = new ArrayList<>();
      String session = "";
      String schema = "";
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "schema" -> schema = json.getText();
          case "session" -> session = json.getText();
          case "reports" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              reports.add(report(json, session));
            }
          }
          default -> json.skipChildren();
        }
      }
      if (!schema.equals(SCHEMA) || session.isEmpty()) {
        throw new IOException("of the schema \"" + schema + "\", not " + SCHEMA);
      }
      return reports;
    } catch (RuntimeException e) {
      throw new IOException("no reports of viewers: " + e.getMessage(), e);
    }
  }

  private static void expect(JsonToken token, JsonToken expected) throws IOException {
    if (token != expected) {
      throw new IOException("no reports of viewers: " + token + " where there should be {");
    }
  }

  private static ViewerReport report(JsonParser json, String session) throws IOException {
    String channel = "";
    long sequence = -1;
    long eventMillis = 0;
    long receivedMillis = 0;
    ViewerReport.Facts facts = ViewerReport.Facts.NONE;
    Map<String, String> attributes = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "channel" -> channel = json.getText();
        case "sequence" -> sequence = json.getLongValue();
        case "eventMillis" -> eventMillis = json.getLongValue();
        case "receivedMillis" -> receivedMillis = json.getLongValue();
        case "facts" -> facts = FactsJson.read(json);
        case "attributes" -> {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String attribute = json.currentName();
            attributes.put(attribute, json.nextTextValue());
          }
        }
        default -> json.skipChildren();
      }
    }
    return new ViewerReport(
        session, channel, sequence, eventMillis, receivedMillis, facts, attributes);
  }
}
