package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.connectors.SumsJson;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.core.store.StoreException;
import io.aircheck.experience.archive.ArchiveAnswer;
import io.aircheck.experience.archive.ArchiveQuestions;
import io.aircheck.experience.archive.ArchiveSeries;
import io.aircheck.experience.archive.Percentiles;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.Distribution;
import io.aircheck.experience.measure.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Answers what goes back further than the latest windows, and what these cannot be asked for, from
 * the archive, in the form of answers about them.
 */
final class ViewerPast {
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** Who asks for the last hour may have begun to do so a little earlier. */
  private static final long SLACK_MILLIS = 2 * MINUTE_MILLIS;

  private final ArchiveQuestions questions;
  private final CubeQuery query;

  private ViewerPast(ArchiveQuestions questions, CubeQuery query) {
    this.questions = questions;
    this.query = query;
  }

  /**
   * What is asked, if it is for the archive.
   *
   * @param latest the same question about the latest windows alone
   */
  static Optional<ViewerPast> of(Exchange exchange, Viewers viewers, CubeQuery latest) {
    if (viewers.archiving().isEmpty()) {
      return Optional.empty();
    }
    ArchiveQuestions questions = viewers.archiving().get().questions();
    CubeSpec spec = viewers.audience().spec();
    long from = exchange.time("from").orElse(latest.fromMillis());
    if (from >= viewers.audience().oldestMillis(viewers.nowMillis()) - SLACK_MILLIS
        && (spec.grouping(latest).isPresent() || !questions.knows(latest))) {
      return Optional.empty();
    }
    long minute = Math.floorDiv(from, MINUTE_MILLIS) * MINUTE_MILLIS;
    return Optional.of(
        new ViewerPast(
            questions, new CubeQuery(minute, latest.toMillis(), latest.filter(), latest.by())));
  }

  /** The question. */
  CubeQuery query() {
    return query;
  }

  /** Sums of whole hours, as of the latest windows. */
  ObjectNode sums(Viewers viewers, int limit) {
    if (!questions.knows(query)) {
      throw unknown();
    }
    ArchiveAnswer answer = asked(() -> questions.sums(query));
    ObjectNode json =
        ViewerJson.head(
            new CubeQuery(answer.fromMillis(), answer.toMillis(), query.filter(), query.by()),
            viewers);
    addFreshness(json);
    ArrayNode rows = json.putArray("rows");
    for (ArchiveAnswer.Row row : answer.rows().subList(0, Math.min(limit, answer.rows().size()))) {
      ObjectNode one = rows.addObject();
      ObjectNode values = one.putObject("values");
      for (int i = 0; i < query.by().size(); i++) {
        values.put(query.by().get(i), row.values().get(i));
      }
      cell(one, row.sums(), row.hitSessions(), answer.windows());
      percentiles(one, row);
      one.put("sessionEstimate", row.sessions());
    }
    json.put("moreRows", Math.max(0, answer.rows().size() - limit));
    json.put("otherDeltas", 0);
    cell(json.putObject("others"), Measures.ZERO, 0, answer.windows());
    return json;
  }

  /** How far the answer reaches that has been given, if that is not up to now. */
  private void addFreshness(ObjectNode json) {
    questions
        .freshMillis()
        .ifPresent(millis -> json.put("asOf", Instant.ofEpochMilli(millis).toString()));
  }

  private static void cell(ObjectNode json, Measures sums, long hitSessions, int windows) {
    json.put("viewers", SumsJson.viewers(sums, windows));
    json.put("hitSessions", hitSessions);
    SumsJson.measures(json, sums);
  }

  private static void percentiles(ObjectNode json, ArchiveAnswer.Row row) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (Distribution distribution : Distribution.values()) {
      Percentiles percentiles = row.percentiles().get(distribution);
      if (percentiles != null) {
        SumsJson.percentiles(all, distribution, percentiles::at);
      }
    }
    if (!all.isEmpty()) {
      json.set("percentiles", all);
    }
  }

  /** What steps are multiples of: minutes, or hours by dimensions that are not kept together. */
  long unitMillis() {
    if (questions.knows(query, MINUTE_MILLIS)) {
      return MINUTE_MILLIS;
    }
    if (questions.knows(query, HOUR_MILLIS)) {
      return HOUR_MILLIS;
    }
    throw unknown();
  }

  /**
   * Adds the steps of a series.
   *
   * @param head what is told besides
   */
  void addTo(ViewerSeries series, long stepMillis, ObjectNode head) {
    ArchiveSeries answer = asked(() -> questions.series(query, stepMillis, series.summed()));
    for (ArchiveSeries.Step step : answer.steps()) {
      series.add(step.fromMillis(), step.answer(), step.windows());
    }
    if (!questions.isOfCube(query)) {
      addFreshness(head);
    }
  }

  private Problem unknown() {
    return Problem.unprocessable(
        "by and where name dimensions that are not kept for longer than an hour; kept are "
            + String.join(", ", new TreeSet<>(questions.dimensions())));
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (StoreException e) {
      if (e.mayHeal()) {
        throw e;
      }
      throw Problem.unprocessable(String.valueOf(e.getMessage()));
    }
  }
}
