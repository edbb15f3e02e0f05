package io.aircheck.experience.timeline;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.experience.session.Activity;
import io.aircheck.experience.session.SessionEnd;
import io.aircheck.experience.session.SessionTrace;
import io.aircheck.experience.timeline.SessionTimeline.PlayerError;
import io.aircheck.experience.timeline.SessionTimeline.Point;
import io.aircheck.experience.timeline.SessionTimeline.Request;
import io.aircheck.experience.timeline.SessionTimeline.Span;
import io.aircheck.experience.timeline.SessionTimeline.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes down how one session is read. Bounded; not thread-safe. */
public final class TimelineRecorder implements SessionTrace {
  /** Of each kind: a day of reports every thirty seconds has 2,880. */
  static final int MOST = 5_000;

  private final List<View> views = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private final List<PlayerError> errors = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private boolean failed;
  private boolean cut;

  @Override
  public void taken(int view, ViewerReport report, long millis) {
    Facts facts = report.facts();
    view(view, facts, millis);
    if (facts.bitrateKbps() != null
        || facts.height() != null
        || facts.bufferMillis() != null
        || facts.liveLatencyMillis() != null) {
      keep(
          points,
          new Point(
              millis,
              facts.bitrateKbps(),
              facts.height(),
              facts.bufferMillis(),
              facts.liveLatencyMillis()));
    }
    // A player may go on saying that it has failed.
    if (facts.errorCode() != null || (facts.fatal() && !failed)) {
      String code = facts.errorCode();
      keep(errors, new PlayerError(millis, code == null ? "" : code, facts.fatal()));
    }
    failed = facts.fatal() || (failed && facts.state() == null);
    if (facts.delivery() != null) {
      keep(requests, new Request(millis, facts.delivery()));
    }
  }

  private void view(int number, Facts facts, long millis) {
    boolean ad = Boolean.TRUE.equals(facts.adBreak()) || facts.ad() != null;
    String told = ad || facts.content() == null ? "" : facts.content();
    View last = views.isEmpty() ? null : views.getLast();
    if (last == null || last.number() < number) {
      keep(views, new View(number, told, millis, millis, null));
      return;
    }
    PlayerState state = facts.state();
    // What comes late does not make a view go on.
    boolean goesOn =
        millis >= last.toMillis()
            && (last.ended() == SessionEnd.Reason.TIMEOUT || (state != null && !state.isFinal()));
    views.set(
        views.size() - 1,
        new View(
            last.number(),
            last.content().isEmpty() ? told : last.content(),
            Math.min(last.fromMillis(), millis),
            Math.max(last.toMillis(), millis),
            goesOn ? null : last.ended()));
  }

  @Override
  public void spent(int view, Activity activity, long fromMillis, long toMillis) {
    add(new Span(view, activity, fromMillis, toMillis));
  }

  @Override
  public void silent(int view, long fromMillis, long toMillis) {
    add(new Span(view, null, fromMillis, toMillis));
  }

  /** Lengthens the latest one where it goes on. */
  private void add(Span span) {
    @Nullable Span last = spans.isEmpty() ? null : spans.getLast();
    if (last != null
        && last.view() == span.view()
        && last.activity() == span.activity()
        && last.toMillis() == span.fromMillis()) {
      spans.set(
          spans.size() - 1,
          new Span(span.view(), span.activity(), last.fromMillis(), span.toMillis()));
    } else {
      keep(spans, span);
    }
  }

  @Override
  public void shifted(long millis) {
    if (millis == 0) {
      return;
    }
    move(
        views,
        view ->
            new View(
                view.number(),
                view.content(),
                view.fromMillis() + millis,
                view.toMillis() + millis,
                view.ended()));
    move(
        spans,
        span ->
            new Span(
                span.view(),
                span.activity(),
                span.fromMillis() + millis,
                span.toMillis() + millis));
    move(
        points,
        point ->
            new Point(
                point.millis() + millis,
                point.bitrateKbps(),
                point.height(),
                point.bufferMillis(),
                point.latencyMillis()));
    move(errors, error -> new PlayerError(error.millis() + millis, error.code(), error.fatal()));
    move(requests, request -> new Request(request.millis() + millis, request.delivery()));
  }

  private static <T> void move(List<T> all, UnaryOperator<T> later) {
    all.replaceAll(later);
  }

  @Override
  public void ended(int view, SessionEnd.Reason reason, long millis) {
    if (!views.isEmpty() && views.getLast().number() == view) {
      View last = views.getLast();
      views.set(
          views.size() - 1,
          new View(view, last.content(), last.fromMillis(), last.toMillis(), reason));
    }
  }

  private <T> void keep(List<T> all, T one) {
    if (all.size() < MOST) {
      all.add(one);
    } else {
      cut = true;
    }
  }

  /** What was written down so far. */
  public SessionTimeline timeline() {
    return new SessionTimeline(
        views,
        sorted(spans, Comparator.comparingLong(Span::fromMillis)),
        sorted(points, Comparator.comparingLong(Point::millis)),
        sorted(errors, Comparator.comparingLong(PlayerError::millis)),
        sorted(requests, Comparator.comparingLong(Request::millis)),
        cut);
  }

  private static <T> List<T> sorted(List<T> all, Comparator<T> order) {
    return all.stream().sorted(order).toList();
  }
}
