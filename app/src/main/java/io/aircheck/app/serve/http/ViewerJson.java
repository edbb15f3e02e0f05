package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.connectors.SumsJson;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.viewers.KnownViewers;
import io.aircheck.app.serve.viewers.Programmes;
import io.aircheck.app.serve.viewers.Unmonitored;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.session.SessionEnd;
import io.aircheck.experience.session.SessionScore;
import io.aircheck.experience.session.SessionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is known of viewers as JSON. */
final class ViewerJson {
  private ViewerJson() {}

  /** What was asked, and how far the answer can be believed. */
  static ObjectNode head(CubeQuery query, KnownViewers viewers) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", time(query.fromMillis()));
    json.put("to", time(query.toMillis()));
    json.put("windowSeconds", viewers.spec().windowMillis() / 1000);
    json.put("complete", viewers.isComplete());
    viewers.problem().ifPresent(problem -> json.put("problem", problem));
    viewers.completeMillis().ifPresent(millis -> json.put("asOf", time(millis)));
    viewers.sessions().ifPresent(sessions -> json.put("sessions", sessions));
    json.put("open", viewers.open());
    return json;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** Rows with the most watched time first, and all that is in no row. */
  static void rows(ObjectNode json, CubeQuery query, CubeAnswer answer, int limit, int windows) {
    ArrayNode rows = json.putArray("rows");
    for (CubeAnswer.Row row : answer.top(Measure.WATCHED_MILLIS, limit)) {
      ObjectNode one = rows.addObject();
      one.set("values", values(query, row));
      SumsJson.cell(one, row.cell(), windows);
    }
    json.put("moreRows", Math.max(0, answer.rows().size() - limit));
    json.put("otherDeltas", answer.otherDeltas());
    SumsJson.cell(json.putObject("others"), answer.others(), windows);
  }

  static ObjectNode values(CubeQuery query, CubeAnswer.Row row) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < query.by().size(); i++) {
      values.put(query.by().get(i), row.values().get(i));
    }
    return values;
  }

  /** How many watch what each stream shows now, and what no stream shows, the most first. */
  static ObjectNode streams(KnownViewers viewers, List<WatchedStream> streams, int limit) {
    Map<String, Long> watching = viewers.openByContent();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", time(viewers.nowMillis()));
    json.put("complete", viewers.isComplete());
    ObjectNode items = json.putObject("items");
    Programmes.viewers(watching, streams).forEach(items::put);
    json.put("untold", watching.getOrDefault("", 0L));
    List<Unmonitored> unmonitored = Unmonitored.of(watching, streams);
    ArrayNode most = json.putArray("unmonitored");
    unmonitored.stream()
        .limit(limit)
        .forEach(
            one -> most.addObject().put("content", one.content()).put("viewers", one.viewers()));
    json.put("moreUnmonitored", Math.max(0, unmonitored.size() - limit));
    return json;
  }

  /** A session as far as its reports have come. */
  static ObjectNode of(SessionState session) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", session.session()).put("open", session.isOpen());
    json.put("heard", Instant.ofEpochMilli(session.heardMillis()).toString());
    json.put("view", session.viewNumber());
    session
        .startedMillis()
        .ifPresent(millis -> json.put("started", Instant.ofEpochMilli(millis).toString()));
    PlayerState state = session.playerState();
    if (state != null) {
      json.put("state", SumsJson.id(state.name()));
    }
    SessionEnd.Reason ended = session.ended();
    if (ended != null) {
      json.put("ended", SumsJson.id(ended.name()));
    }
    json.put("content", session.cohort().content());
    json.put("rendition", session.cohort().rendition());
    session.cohort().attributes().forEach(json.putObject("attributes")::put);
    SumsJson.measures(json, session.totals());
    SessionScore score = SessionScore.of(session.totals());
    ObjectNode parts = json.putObject("score");
    score.whole().ifPresent(value -> parts.put("whole", value));
    score.smoothness().ifPresent(value -> parts.put("smoothness", value));
    score.startup().ifPresent(value -> parts.put("startup", value));
    score.quality().ifPresent(value -> parts.put("quality", value));
    parts.put("failure", score.failure());
    return json;
  }
}
