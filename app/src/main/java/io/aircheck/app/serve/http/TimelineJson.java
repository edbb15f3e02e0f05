package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.connectors.SumsJson;
import io.aircheck.app.serve.viewers.Programmes;
import io.aircheck.experience.timeline.SessionTimeline;
import io.aircheck.experience.timeline.SessionTimeline.Point;
import io.aircheck.experience.timeline.SessionTimeline.Request;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a session lived through as JSON. */
final class TimelineJson {
  private static final double MILLIS = 1000;

  private TimelineJson() {}

  /**
   * All of it.
   *
   * @param programmes which streams show what was watched
   */
  static ObjectNode of(String id, SessionTimeline timeline, Programmes programmes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("cut", timeline.cut());
    ArrayNode views = json.putArray("views");
    for (SessionTimeline.View view : timeline.views()) {
      ObjectNode one = views.addObject();
      one.put("view", view.number()).put("content", view.content());
      one.put("from", time(view.fromMillis())).put("to", time(view.toMillis()));
      if (view.ended() != null) {
        one.put("ended", SumsJson.id(view.ended().name()));
      }
      ArrayNode streams = one.putArray("streams");
      programmes.showing(view.content()).forEach(stream -> streams.add(stream.id()));
    }
    ArrayNode spans = json.putArray("spans");
    for (SessionTimeline.Span span : timeline.spans()) {
      spans
          .addObject()
          .put("view", span.view())
          .put("activity", span.activity() == null ? "silent" : SumsJson.id(span.activity().name()))
          .put("from", time(span.fromMillis()))
          .put("to", time(span.toMillis()));
    }
    json.set("told", told(timeline));
    ArrayNode errors = json.putArray("errors");
    for (SessionTimeline.PlayerError error : timeline.errors()) {
      errors
          .addObject()
          .put("at", time(error.millis()))
          .put("code", error.code())
          .put("fatal", error.fatal());
    }
    ArrayNode requests = json.putArray("requests");
    timeline.requests().forEach(request -> requests.add(of(request)));
    return json;
  }

  /** What the player told of its state: a value, or null, for each time. */
  private static ObjectNode told(SessionTimeline timeline) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    column(json, "times", timeline, point -> point.millis() / MILLIS);
    column(json, "bitrateKbps", timeline, Point::bitrateKbps);
    column(json, "height", timeline, Point::height);
    column(json, "bufferSeconds", timeline, point -> seconds(point.bufferMillis()));
    column(json, "latencySeconds", timeline, point -> seconds(point.latencyMillis()));
    return json;
  }

  private static void column(
      ObjectNode json,
      String name,
      SessionTimeline timeline,
      Function<Point, @Nullable Number> value) {
    ArrayNode column = json.putArray(name);
    for (Point point : timeline.points()) {
      Number number = value.apply(point);
      if (number instanceof Integer whole) {
        column.add(whole);
      } else if (number == null) {
        column.addNull();
      } else {
        column.add(number.doubleValue());
      }
    }
  }

  private static @Nullable Double seconds(@Nullable Long millis) {
    return millis == null ? null : millis / MILLIS;
  }

  /** What is not told is not there. */
  private static ObjectNode of(Request request) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", time(request.millis()));
    if (request.delivery().host() != null) {
      json.put("host", request.delivery().host());
    }
    if (request.delivery().path() != null) {
      json.put("path", request.delivery().path());
    }
    put(json, "status", request.delivery().status());
    put(json, "firstByteMillis", request.delivery().firstByteMillis());
    put(json, "lastByteMillis", request.delivery().lastByteMillis());
    return json;
  }

  private static void put(ObjectNode json, String name, long value) {
    if (value >= 0) {
      json.put(name, value);
    }
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
