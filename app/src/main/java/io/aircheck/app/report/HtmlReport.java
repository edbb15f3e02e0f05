package io.aircheck.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.aircheck.core.observe.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * The report as one page without any other file: findings on a timeline with a picture of each, and
 * the metrics over time. The page is {@code report.html} beside this class; the data goes in as
 * JSON.
 */
public final class HtmlReport {
  private static final String PLACE = "/*DATA*/";

  private HtmlReport() {}

  public static void write(List<InputReport> reports, Writer out) throws IOException {
    String page;
    try (InputStream in =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.html"))) {
      page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int place = page.indexOf(PLACE);
    out.write(page, 0, place);
    // Inside a script element nothing may look like its end.
    out.write(data(reports).replace("<", "\\u003c"));
    out.write(page, place + PLACE.length(), page.length() - place - PLACE.length());
  }

  private static String data(List<InputReport> reports) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartArray();
      for (InputReport report : reports) {
        json.writeStartObject();
        json.writeStringField("uri", report.uri());
        json.writeBooleanField("opened", report.opened());
        json.writeStringField("container", report.container());
        json.writeNumberField("durationSeconds", report.durationSeconds());
        json.writeStringField("error", report.error().orElse(null));
        json.writeArrayFieldStart("tracks");
        for (InputReport.RenditionTrack track : report.tracks()) {
          json.writeString(
              (track.rendition() == null ? "" : "[" + track.rendition() + "] ")
                  + TextReport.describe(track.track()));
        }
        json.writeEndArray();
        json.writeNumberField("videoFrames", report.analysis().videoFrames());
        json.writeNumberField("audioSeconds", report.analysis().audioSeconds());
        json.writeNumberField("wallSeconds", report.analysis().wallSeconds());
        json.writeArrayFieldStart("findings");
        for (Finding finding : report.findings()) {
          write(finding, report.illustrations(), json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("series");
        for (Illustrations.Series series : report.illustrations().series()) {
          write(series, json);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  private static void write(Finding finding, Illustrations illustrations, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    JsonReport.writeFields(finding, json);
    byte[] picture =
        illustrations.thumbnails().get(Illustrations.key(finding.rendition(), finding.id()));
    if (picture != null) {
      json.writeStringField(
          "picture", "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture));
    }
    json.writeEndObject();
  }

  /** Points as flat arrays of time, smallest, mean and largest value: half the size of objects. */
  private static void write(Illustrations.Series series, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("rendition", series.rendition());
    json.writeStringField("track", series.track());
    json.writeStringField("metric", series.metric());
    json.writeArrayFieldStart("points");
    for (Illustrations.Point point : series.points()) {
      json.writeStartArray();
      json.writeNumber(shortened(point.seconds()));
      json.writeNumber(shortened(point.min()));
      json.writeNumber(shortened(point.mean()));
      json.writeNumber(shortened(point.max()));
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Four significant digits are more than a chart can show; floats print short. */
  private static float shortened(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return 0;
    }
    double scale = Math.pow(10, 4 - Math.floor(Math.log10(Math.abs(value))));
    double shortened = Math.round(value * scale) / scale;
    return (float) (Double.isFinite(shortened) ? shortened : value);
  }
}
