package io.aircheck.app.serve.connectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.settings.ConnectorSettings.Sort;
import io.aircheck.experience.archive.SessionHash;
import io.aircheck.experience.feed.SessionNews;
import io.aircheck.experience.feed.SumRow;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionEnd;
import io.aircheck.notify.export.ExportEvent;
import io.aircheck.notify.export.ExportTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells of viewers by events in JSON, each with an id that is the same whenever it is told. */
final class EventOutlet implements Outlet {
  private static final String TYPE = "io.aircheck.viewers.";

  private final ExportTarget<ExportEvent> target;
  private final Set<Sort> sorts;
  private final boolean sessionIds;

  /**
   * @param sorts what it is told
   * @param sessionIds whether sessions are told by the ids of players
   */
  EventOutlet(ExportTarget<ExportEvent> target, Set<Sort> sorts, boolean sessionIds) {
    this.target = target;
    this.sorts = Set.copyOf(sorts);
    this.sessionIds = sessionIds;
  }

  @Override
  public Parcel sums(List<SumRow> rows) {
    return parcel(rows.stream().map(EventOutlet::sum).toList());
  }

  @Override
  public Parcel sessions(List<SessionNews> news) {
    List<ExportEvent> events = new ArrayList<>();
    for (SessionNews one : news) {
      SessionEnd end = one.told().delta().end();
      if (sorts.contains(Sort.DELTAS)) {
        events.add(delta(one));
      }
      if (sorts.contains(Sort.SESSIONS) && end != null) {
        events.add(ended(one, end));
      }
    }
    return parcel(List.copyOf(events));
  }

  private Parcel parcel(List<ExportEvent> events) {
    return new Parcel(events.size(), () -> target.send(events));
  }

  private static ExportEvent sum(SumRow row) {
    long endMillis = row.startMillis() + row.lengthMillis();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("start", time(row.startMillis())).put("end", time(endMillis));
    data.put("grouping", row.grouping());
    ObjectNode values = data.putObject("values");
    for (int i = 0; i < row.values().size(); i++) {
      values.put(row.dimensions().get(i), row.values().get(i));
    }
    SumsJson.cell(data, row.cell(), row.windows());
    return event(Sort.SUMS, row.id(), row.key(), endMillis, data);
  }

  private ExportEvent delta(SessionNews news) {
    SessionDelta delta = news.told().delta();
    ObjectNode data = head(delta);
    data.put("window", time(delta.windowMillis()));
    SessionEnd end = delta.end();
    if (end != null) {
      data.put("ended", word(end));
    }
    sums(data, delta.measures());
    return event(Sort.DELTAS, news, data);
  }

  private ExportEvent ended(SessionNews news, SessionEnd end) {
    ObjectNode data = head(news.told().delta());
    data.put("reason", word(end));
    data.put("started", time(end.startedMillis()));
    data.put("startedByPlayer", time(end.startedClientMillis()));
    data.put("ended", time(end.endedMillis()));
    SumsJson.measures(data, end.totals());
    return event(Sort.SESSIONS, news, data);
  }

  private ObjectNode head(SessionDelta delta) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    if (sessionIds) {
      data.put("session", delta.session());
    } else {
      data.put("session", SessionHash.of(delta.session()));
    }
    data.put("view", delta.view());
    Cohort cohort = delta.cohort();
    data.put("content", cohort.content()).put("rendition", cohort.rendition());
    ObjectNode attributes = data.putObject("attributes");
    for (Map.Entry<String, String> one : new TreeMap<>(cohort.attributes()).entrySet()) {
      attributes.put(one.getKey(), one.getValue());
    }
    return data;
  }

  /** All sums that are not zero, how many watched among them: they can be added up. */
  private static void sums(ObjectNode data, Measures measures) {
    ObjectNode sums = data.putObject("sums");
    for (Measure measure : Measure.values()) {
      if (measures.get(measure) != 0) {
        sums.put(measure.id(), measures.get(measure));
      }
    }
  }

  private ExportEvent event(Sort sort, SessionNews news, ObjectNode data) {
    String session = data.get("session").asText();
    String id = session + "~" + news.id();
    return event(sort, id, session, news.told().atMillis(), data);
  }

  private static ExportEvent event(
      Sort sort, String id, String key, long atMillis, ObjectNode data) {
    String kind = sort.word();
    return new ExportEvent(kind + "~" + id, kind, TYPE + kind, key, atMillis, data);
  }

  private static String word(SessionEnd end) {
    return end.reason().name().toLowerCase(Locale.ROOT);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  @Override
  public void close() {
    target.close();
  }
}
