package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLayout.Column;
import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of sessions: a fact for each view, hour and combination of dimensions. */
public final class SessionFacts {
  /** Attributes that have columns of their own; others are labels. */
  static final List<String> ATTRIBUTES =
      List.of(
          Attributes.CDN,
          Attributes.COUNTRY,
          Attributes.NETWORK,
          Attributes.DEVICE,
          Attributes.SYSTEM,
          Attributes.BROWSER,
          Attributes.PLAYER,
          Attributes.PLAYER_VERSION,
          Attributes.APP_VERSION,
          Attributes.FORMAT,
          Attributes.BOT);

  /** The column that stands for the session. */
  public static final String SESSION = "session";

  /** Name of the column of labels. */
  static final String CUSTOM = "custom";

  /** What its facts have. */
  public static final FactLayout LAYOUT = layout();

  private SessionFacts() {}

  private static FactLayout layout() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(SESSION, Kind.NUMBER));
    columns.add(new Column("view", Kind.NUMBER));
    columns.add(new Column(Cohort.CONTENT, Kind.TEXT));
    ATTRIBUTES.forEach(name -> columns.add(new Column(name, Kind.TEXT)));
    columns.add(new Column(CUSTOM, Kind.LABELS));
    columns.add(new Column("firstWindow", Kind.EARLIEST));
    columns.add(new Column("lastWindow", Kind.LATEST));
    columns.add(new Column("startedAt", Kind.LATEST));
    columns.add(new Column("endedAt", Kind.LATEST));
    columns.add(new Column("endReason", Kind.WORD));
    sums().forEach(columns::add);
    return new FactLayout("sessions", columns);
  }

  /** Columns of all measures. */
  static Stream<Column> sums() {
    return Stream.of(Measure.values()).map(measure -> new Column(measure.id(), Kind.SUM));
  }

  /** The fact of a view in an hour. */
  static Fact of(ViewHour.Key key, ViewHour hour) {
    return of(
        new ViewFact(
            key.hourMillis(),
            key.session(),
            key.view(),
            key.content(),
            key.attributes(),
            hour.sums(),
            hour.firstMillis(),
            hour.lastMillis(),
            hour.end()));
  }

  /** The fact of a view in an hour. */
  static Fact of(ViewFact view) {
    SessionEnd end = view.end();
    List<@Nullable Object> cells = new ArrayList<>(LAYOUT.columns().size());
    cells.add(SessionHash.of(view.session()));
    cells.add((long) view.view());
    cells.add(text(view.content()));
    addAttributes(cells, view.attributes());
    cells.add(view.firstMillis());
    cells.add(view.lastMillis());
    cells.add(end == null ? null : end.startedMillis());
    cells.add(end == null ? null : end.endedMillis());
    cells.add(end == null ? null : word(end.reason()));
    addSums(cells, view.sums());
    return new Fact(view.hourMillis(), cells);
  }

  /** Adds cells of attributes, and of labels for the others. */
  static void addAttributes(List<@Nullable Object> cells, Map<String, String> attributes) {
    Map<String, String> custom = new HashMap<>(attributes);
    for (String name : ATTRIBUTES) {
      String value = custom.remove(name);
      cells.add(value == null ? null : text(value));
    }
    custom.values().removeIf(String::isEmpty);
    cells.add(custom);
  }

  /** Adds cells of all measures. */
  static void addSums(List<@Nullable Object> cells, Measures sums) {
    for (Measure measure : Measure.values()) {
      cells.add(sums.get(measure));
    }
  }

  /** What is empty is not known. */
  static @Nullable String text(String value) {
    return value.isEmpty() ? null : value;
  }

  /** A reason as files have it, such as {@code content_changed}. */
  private static String word(SessionEnd.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
