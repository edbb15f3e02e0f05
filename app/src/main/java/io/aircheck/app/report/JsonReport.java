package io.aircheck.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.aircheck.app.report.InputReport.RenditionTrack;
import io.aircheck.core.media.Track;
import io.aircheck.core.observe.Finding;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** The report for machines: one object for one input, an array for several. */
public final class JsonReport {
  /** Name and version of the format. */
  public static final String SCHEMA = "aircheck.report/1";

  private JsonReport() {}

  public static void write(List<InputReport> reports, Writer out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      if (reports.size() == 1) {
        write(reports.getFirst(), json);
      } else {
        json.writeStartArray();
        for (InputReport report : reports) {
          write(report, json);
        }
        json.writeEndArray();
      }
      json.writeRaw('\n');
    }
  }

  private static void write(InputReport report, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", SCHEMA);
    json.writeObjectFieldStart("input");
    json.writeStringField("uri", report.uri());
    if (report.opened()) {
      json.writeStringField("container", report.container());
      json.writeNumberField("durationSeconds", rounded(report.durationSeconds()));
    } else {
      json.writeNullField("container");
      json.writeNullField("durationSeconds");
    }
    json.writeArrayFieldStart("tracks");
    for (RenditionTrack track : report.tracks()) {
      write(track, json);
    }
    json.writeEndArray();
    json.writeEndObject();
    if (report.error().isPresent()) {
      json.writeStringField("error", report.error().get());
    }
    json.writeArrayFieldStart("findings");
    for (Finding finding : report.findings()) {
      json.writeStartObject();
      writeFields(finding, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    write(report.analysis(), json);
    json.writeEndObject();
  }

  private static void write(RenditionTrack rendition, JsonGenerator json) throws IOException {
    Track track = rendition.track();
    json.writeStartObject();
    json.writeStringField("id", track.id());
    json.writeStringField("type", track.type().word());
    json.writeStringField("codec", track.codec());
    switch (track.type()) {
      case VIDEO -> {
        json.writeNumberField("width", track.width());
        json.writeNumberField("height", track.height());
        json.writeNumberField("frameRate", rounded(track.frameRate()));
      }
      case AUDIO -> {
        json.writeNumberField("sampleRate", track.sampleRate());
        json.writeNumberField("channels", track.channels());
      }
      case DATA -> {}
    }
    if (track.language() != null) {
      json.writeStringField("language", track.language());
    }
    if (rendition.rendition() != null) {
      json.writeStringField("rendition", rendition.rendition());
    }
    json.writeEndObject();
  }

  /** The fields of a finding, without the braces around them. */
  public static void writeFields(Finding finding, JsonGenerator json) throws IOException {
    json.writeStringField("kind", finding.kind());
    json.writeNumberField("startSeconds", finding.startMicros() / 1e6);
    json.writeNumberField("endSeconds", finding.endMicros() / 1e6);
    json.writeStringField("severity", finding.severity().word());
    json.writeNumberField("confidence", rounded(finding.confidence()));
    json.writeStringField("track", finding.track());
    json.writeStringField("rendition", finding.rendition());
    json.writeObjectFieldStart("measurements");
    for (Map.Entry<String, Double> measurement : finding.measurements().entrySet()) {
      double value = measurement.getValue();
      if (Double.isFinite(value)) {
        json.writeNumberField(measurement.getKey(), significant(value));
      } else {
        json.writeNullField(measurement.getKey());
      }
    }
    json.writeEndObject();
    json.writeStringField("message", finding.message());
  }

  private static void write(InputReport.Analysis analysis, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("analysis");
    json.writeNumberField("videoFrames", analysis.videoFrames());
    json.writeNumberField("audioSeconds", rounded(analysis.audioSeconds()));
    json.writeNumberField("skippedFrames", analysis.skippedFrames());
    json.writeNumberField("wallSeconds", rounded(analysis.wallSeconds()));
    json.writeNumberField("cpuSeconds", rounded(analysis.cpuSeconds()));
    json.writeArrayFieldStart("detectors");
    for (InputReport.DetectorVersion detector : analysis.detectors()) {
      json.writeStartObject();
      json.writeStringField("kind", detector.kind());
      json.writeStringField("version", detector.version());
      String failure = analysis.detectorFailures().get(detector.kind());
      if (failure != null) {
        json.writeStringField("failure", failure);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** Six significant digits: more than any measurement here has. */
  private static double significant(double value) {
    if (value == 0) {
      return 0;
    }
    double scale = Math.pow(10, 5 - Math.floor(Math.log10(Math.abs(value))));
    double shortened = Math.round(value * scale) / scale;
    return Double.isFinite(shortened) ? shortened : value;
  }
}
