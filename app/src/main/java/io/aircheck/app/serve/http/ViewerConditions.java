package io.aircheck.app.serve.http;

import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.viewers.Programmes;
import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.experience.archive.SessionFacts;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.session.Cohort;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

  /**
   * Refuses what can be true of nobody: names of dimensions that are not there.
   *
   * @param known names that are
   * @param what has them, as in "archived sessions"
   */
  static void check(Map<String, String> conditions, Set<String> known, String what) {
    for (String name : conditions.keySet()) {
      if (!known.contains(name)) {
        throw Problem.unprocessable(
            "where names %s, which %s do not have; they have %s"
                .formatted(name, what, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  /** Names of all that can be known of a session. */
  static Set<String> ofSessions(ViewerSettings settings) {
    Set<String> names = new HashSet<>(SessionFacts.LAYOUT.names(Kind.TEXT));
    names.addAll(List.of(Cohort.RENDITION, Attributes.REGION));
    names.addAll(settings.customKeys().values());
    settings.logs().forEach(log -> names.addAll(log.attributes().keySet()));
    return names;
  }
}
