package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.connectors.SumsJson;
import io.aircheck.app.serve.viewers.Archiving;
import io.aircheck.app.serve.viewers.KnownViewers;
import io.aircheck.core.store.StoreException;
import io.aircheck.experience.archive.ArchiveAnswer;
import io.aircheck.experience.archive.ArchiveQuestions;
import io.aircheck.experience.archive.ArchiveSeries;
import io.aircheck.experience.archive.Percentiles;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.Distribution;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
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

  private final Archiving archiving;
  private final ArchiveQuestions questions;
  private final long nowMillis;
  private final CubeQuery query;

  private ViewerPast(Archiving archiving, long nowMillis, CubeQuery query) {
    this.archiving = archiving;
    this.questions = archiving.questions();
    this.nowMillis = nowMillis;
    this.query = query;
  }

  /**
   * What is asked, if it is for the archive.
   *
   * @param latest the same question about the latest windows alone
   */
  static Optional<ViewerPast> of(Exchange exchange, KnownViewers viewers, CubeQuery latest) {
    if (viewers.archiving().isEmpty()) {
      if (latest.toMillis() <= viewers.nowMillis() - viewers.spec().spanMillis()) {
        throw Problem.unprocessable(
            viewers.settings().readsJob()
                ? "viewers are known here of the last hour alone (viewers.job.read): minutes of"
                    + " before are in the table viewer_rollups (viewers.job.postgresql), sessions"
                    + " in the files of the job; see docs/viewers/at-scale.md"
                : "viewers are known of the last hour alone, since viewers.archive.enabled is"
                    + " false");
      }
      return Optional.empty();
    }
    ArchiveQuestions questions = viewers.archiving().get().questions();
    CubeSpec spec = viewers.spec();
    long from = exchange.time("from").orElse(latest.fromMillis());
    if (from >= viewers.oldestMillis() - SLACK_MILLIS
        && (spec.grouping(latest).isPresent() || !questions.knows(latest))) {
      return Optional.empty();
    }
    long minute = Math.floorDiv(from, MINUTE_MILLIS) * MINUTE_MILLIS;
    return Optional.of(
        new ViewerPast(
            viewers.archiving().get(),
            viewers.nowMillis(),
            new CubeQuery(minute, latest.toMillis(), latest.filter(), latest.by())));
  }

  /** The question. */
  CubeQuery query() {
    return query;
  }

  /** Sums of whole hours, as of the latest windows. */
  ObjectNode sums(KnownViewers viewers, int limit) {
    if (!questions.knows(query)) {
      throw unknown();
    }
    checkKept(archiving.oldestSessionMillis(nowMillis), "keepSessionsFor");
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
      cell(one, row.sums(), row.hitSessions());
      viewers(row, answer.windows()).ifPresent(watching -> one.put("viewers", watching));
      percentiles(one, row);
      one.put("sessionEstimate", row.sessions());
    }
    json.put("moreRows", Math.max(0, answer.rows().size() - limit));
    json.put("otherDeltas", 0);
    cell(json.putObject("others").put("viewers", 0.0), Measures.ZERO, 0);
    return json;
  }

  /** How far the answer reaches that has been given, if that is not up to now. */
  private void addFreshness(ObjectNode json) {
    questions
        .freshMillis()
        .ifPresent(millis -> json.put("asOf", Instant.ofEpochMilli(millis).toString()));
  }

  /** How many watched; empty: of too few windows it is known that any did. */
  private static OptionalDouble viewers(ArchiveAnswer.Row row, int windows) {
    long watching = row.sums().get(Measure.VIEWERS);
    // No session is in a window twice, but for the views that it begins in one.
    boolean isKnown = watching <= windows * Math.max(row.sessions(), row.sums().get(Measure.VIEWS));
    return isKnown
        ? OptionalDouble.of(SumsJson.viewers(row.sums(), windows))
        : OptionalDouble.empty();
  }

  private static void cell(ObjectNode json, Measures sums, long hitSessions) {
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
      checkKept(archiving.oldestMinuteMillis(nowMillis), "keepMinutesFor");
      return MINUTE_MILLIS;
    }
    if (questions.knows(query, HOUR_MILLIS)) {
      checkKept(archiving.oldestSessionMillis(nowMillis), "keepSessionsFor");
      return HOUR_MILLIS;
    }
    throw unknown();
  }

  /** Of a time that is forgotten as a whole it is not said that nobody watched. */
  private void checkKept(long oldestMillis, String setting) {
    if (query.toMillis() <= oldestMillis) {
      throw Problem.unprocessable(
          "viewers of that time are not kept any more: see viewers.archive." + setting);
    }
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
