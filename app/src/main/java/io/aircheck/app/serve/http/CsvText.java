package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values (RFC 4180) in the making. Texts are told by players and may be anything:
 * those that a spreadsheet would take for a formula get an apostrophe in front. Not thread-safe.
 */
final class CsvText {
  private final StringBuilder text = new StringBuilder();
  private final List<String> line = new ArrayList<>();

  /** Adds a cell to the line. What is not there is empty; numbers are as in JSON. */
  CsvText cell(JsonNode value) {
    return value.isTextual()
        ? cell(value.textValue())
        : add(value.isValueNode() ? plain(value) : "");
  }

  /** Adds a cell to the line. */
  CsvText cell(String value) {
    return add(escaped(value));
  }

  private CsvText add(String value) {
    line.add(value);
    return this;
  }

  private static String plain(JsonNode value) {
    return value.isNull() ? "" : value.asText();
  }

  private static String escaped(String value) {
    String safe =
        !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }

  /** Ends the line. */
  void end() {
    text.append(String.join(",", line)).append("\r\n");
    line.clear();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
