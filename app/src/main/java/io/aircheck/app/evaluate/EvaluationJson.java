package io.aircheck.app.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.aircheck.app.report.JsonReport;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** The evaluation for machines. */
public final class EvaluationJson {
  private EvaluationJson() {}

  public static void write(Evaluation evaluation, Writer out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("schema", "aircheck.evaluation/1");
      json.writeNumberField("clips", evaluation.clips());
      json.writeArrayFieldStart("kinds");
      for (Map.Entry<String, Evaluation.Score> entry : evaluation.scores().entrySet()) {
        Evaluation.Score score = entry.getValue();
        json.writeStartObject();
        json.writeStringField("kind", entry.getKey());
        json.writeNumberField("events", score.events());
        json.writeNumberField("found", score.found());
        json.writeNumberField("missed", score.missed());
        json.writeNumberField("inconclusive", score.inconclusive());
        json.writeNumberField("falseAlarms", score.falseAlarms());
        ratio("precision", score.precision(), json);
        ratio("recall", score.recall(), json);
        ratio("f1", score.f1(), json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("misses");
      for (Evaluation.Miss miss : evaluation.misses()) {
        json.writeStartObject();
        json.writeStringField("clip", miss.clip());
        json.writeStringField("kind", miss.kind());
        json.writeStringField("label", miss.event().label());
        json.writeNumberField("startSeconds", miss.event().startSeconds());
        json.writeNumberField("endSeconds", miss.event().endSeconds());
        json.writeEndObject();
      }
      json.writeEndArray();
      write("falseAlarms", evaluation.falseAlarms(), json);
      write("errorsOnClean", evaluation.errorsOnClean(), json);
      json.writeArrayFieldStart("offsets");
      for (Evaluation.Offset offset : evaluation.offsets()) {
        json.writeStartObject();
        json.writeStringField("clip", offset.clip());
        json.writeNumberField("trueMillis", offset.trueMillis());
        json.writeObjectFieldStart("measurements");
        for (Map.Entry<String, Double> measurement : offset.measurements().entrySet()) {
          json.writeNumberField(measurement.getKey(), measurement.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("failures");
      for (Evaluation.Failure failure : evaluation.failures()) {
        json.writeStartObject();
        json.writeStringField("clip", failure.clip());
        json.writeStringField("reason", failure.reason());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(String name, List<Evaluation.FalseAlarm> alarms, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Evaluation.FalseAlarm alarm : alarms) {
      json.writeStartObject();
      json.writeStringField("clip", alarm.clip());
      JsonReport.writeFields(alarm.finding(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void ratio(String name, double value, JsonGenerator json) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, Math.round(value * 1e4) / 1e4);
    }
  }
}
