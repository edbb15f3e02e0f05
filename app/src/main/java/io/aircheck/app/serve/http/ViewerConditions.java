package io.aircheck.app.serve.http;

import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.viewers.Programmes;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which viewers a question is about: the parameters {@code where} and {@code stream}. */
final class ViewerConditions {
  private ViewerConditions() {}

  /** What they have in common, by dimension. */
  static Map<String, String> of(Exchange exchange, StreamRegistry registry, Programmes programmes) {
    Map<String, String> conditions = new LinkedHashMap<>();
    exchange
        .query("stream")
        .ifPresent(
            id ->
                conditions.putAll(
                    programmes.cohort(
                        registry
                            .find(id)
                            .orElseThrow(() -> Problem.notFound("there is no stream " + id)))));
    for (String condition : exchange.queryAll("where")) {
      int equals = condition.indexOf('=');
      if (equals < 1) {
        throw Problem.badRequest("where must be as in where=cdn=north");
      }
      conditions.put(condition.substring(0, equals), condition.substring(equals + 1));
    }
    return conditions;
  }
}
