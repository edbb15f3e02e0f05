package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboards that are shipped for Grafana. */
final class Dashboard {
  private static final Pattern SERIES = Pattern.compile("\\b(aircheck|process)_\\w+");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Dashboard() {}

  /** The families of metrics that a dashboard asks for. */
  static Set<String> families(String file) throws IOException {
    JsonNode dashboard = MAPPER.readTree(Path.of("..", "docs", "grafana", file).toFile());
    Set<String> asked = new TreeSet<>();
    for (JsonNode expression : dashboard.findValues("expr")) {
      Matcher names = SERIES.matcher(expression.asText());
      while (names.find()) {
        asked.add(names.group().replaceFirst("_total$", ""));
      }
    }
    return asked;
  }
}
