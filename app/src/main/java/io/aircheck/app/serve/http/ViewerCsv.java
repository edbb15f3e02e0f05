package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Ratio;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Answers about viewers as comma-separated values, for whoever asks for them. */
final class ViewerCsv {
  private static final String MEDIA_TYPE = "text/csv";

  /**
   * A column.
   *
   * @param pointer where its value is in a row of the answer (RFC 6901)
   */
  private record Column(String name, String pointer) {}

  private ViewerCsv() {}

  /** Answers with sums: a line for each row. */
  static void sums(Exchange exchange, List<String> by, ObjectNode json) {
    answer(exchange, json, answer -> lines(by, answer));
  }

  /** Answers with curves: a line for each row and time. */
  static void series(Exchange exchange, List<String> by, ObjectNode json) {
    answer(exchange, json, answer -> moments(by, answer));
  }

  /** In the form that is asked for: by the parameter {@code format}, else by the header Accept. */
  private static void answer(
      Exchange exchange, ObjectNode json, Function<ObjectNode, String> inText) {
    String format =
        exchange
            .query("format")
            .orElse(exchange.header("Accept").orElse("").startsWith(MEDIA_TYPE) ? "csv" : "json");
    exchange.answerHeader("Vary", "Accept");
    switch (format) {
      case "json" -> exchange.json(200, json);
      case "csv" -> {
        exchange.answerHeader("Content-Disposition", "attachment; filename=\"viewers.csv\"");
        exchange.send(
            200,
            MEDIA_TYPE + "; charset=utf-8",
            inText.apply(json).getBytes(StandardCharsets.UTF_8));
      }
      default -> throw Problem.badRequest("format must be one of json, csv");
    }
  }

  private static String lines(List<String> by, ObjectNode json) {
    List<Column> columns = columns(by, json.path("rows"));
    CsvText text = new CsvText();
    text.cell("part");
    columns.forEach(column -> text.cell(column.name()));
    text.end();
    json.path("rows").forEach(row -> line(text, "row", columns, row));
    if (json.path("otherDeltas").asLong() > 0) {
      line(text, "others", columns, json.path("others"));
    }
    return text.toString();
  }

  private static List<Column> columns(List<String> by, JsonNode rows) {
    List<Column> columns = new ArrayList<>();
    by.forEach(name -> columns.add(new Column(name, pointer("values", name))));
    columns.add(new Column("viewers", pointer("viewers")));
    columns.add(new Column("hitSessions", pointer("hitSessions")));
    for (Measure measure : Measure.values()) {
      if (measure != Measure.VIEWERS) {
        columns.add(new Column(measure.id(), pointer("sums", measure.id())));
      }
    }
    for (Ratio ratio : Ratio.values()) {
      columns.add(new Column(ratio.id(), pointer("ratios", ratio.id())));
    }
    // Only where there are any: not every question has them.
    Set<Column> percentiles = new LinkedHashSet<>();
    for (JsonNode row : rows) {
      row.path("percentiles")
          .properties()
          .forEach(
              distribution ->
                  distribution
                      .getValue()
                      .fieldNames()
                      .forEachRemaining(
                          share ->
                              percentiles.add(
                                  new Column(
                                      distribution.getKey() + "_" + share,
                                      pointer("percentiles", distribution.getKey(), share)))));
    }
    columns.addAll(percentiles);
    return columns;
  }

  private static void line(CsvText text, String part, List<Column> columns, JsonNode row) {
    text.cell(part);
    columns.forEach(column -> text.cell(row.at(column.pointer())));
    text.end();
  }

  private static String moments(List<String> by, ObjectNode json) {
    CsvText text = new CsvText();
    List<Column> values =
        by.stream().map(name -> new Column(name, pointer("values", name))).toList();
    List<Column> curves = curves(json.at("/rows/0"));
    text.cell("time");
    values.forEach(column -> text.cell(column.name()));
    curves.forEach(column -> text.cell(column.name()));
    text.end();
    JsonNode times = json.path("times");
    for (int step = 0; step < times.size(); step++) {
      for (JsonNode row : json.path("rows")) {
        text.cell(Instant.ofEpochSecond(times.get(step).asLong()).toString());
        values.forEach(column -> text.cell(row.at(column.pointer())));
        for (Column curve : curves) {
          text.cell(row.at(curve.pointer()).path(step));
        }
        text.end();
      }
    }
    return text.toString();
  }

  /** All rows have the same. */
  private static List<Column> curves(JsonNode row) {
    List<Column> curves = new ArrayList<>();
    row.path("measures")
        .fieldNames()
        .forEachRemaining(id -> curves.add(new Column(id, pointer("measures", id))));
    row.path("usual")
        .properties()
        .forEach(
            ratio ->
                ratio
                    .getValue()
                    .fieldNames()
                    .forEachRemaining(
                        bound ->
                            curves.add(
                                new Column(
                                    ratio.getKey() + "_usual_" + bound,
                                    pointer("usual", ratio.getKey(), bound)))));
    return curves;
  }

  private static String pointer(String... names) {
    StringBuilder pointer = new StringBuilder();
    for (String name : names) {
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
