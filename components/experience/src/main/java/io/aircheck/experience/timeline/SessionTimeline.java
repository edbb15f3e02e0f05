package io.aircheck.experience.timeline;

import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.session.Activity;
import io.aircheck.experience.session.SessionEnd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer lived through, in the order of time. Moments are milliseconds since the epoch by
 * the clock of the service. Time that is in no span was not watched.
 *
 * @param views contents, one after the other
 * @param spans what time was counted as; those of a view do not overlap
 * @param points what the player told of its state, at each report that told anything of it
 * @param errors that it told
 * @param requests that it told
 * @param cut whether there was more than is kept of one of these
 */
public record SessionTimeline(
    List<View> views,
    List<Span> spans,
    List<Point> points,
    List<PlayerError> errors,
    List<Request> requests,
    boolean cut) {
  public SessionTimeline {
    views = List.copyOf(views);
    spans = List.copyOf(spans);
    points = List.copyOf(points);
    errors = List.copyOf(errors);
    requests = List.copyOf(requests);
  }

  /**
   * One content.
   *
   * @param number within the session, from 1
   * @param content its id; empty: not told
   * @param fromMillis first report
   * @param toMillis latest one
   * @param ended why it is over; null: it is not, as far as is known
   */
  public record View(
      int number,
      String content,
      long fromMillis,
      long toMillis,
      SessionEnd.@Nullable Reason ended) {}

  /**
   * A stretch of time.
   *
   * @param activity what it was counted as; null: reports are too far apart to say
   */
  public record Span(int view, @Nullable Activity activity, long fromMillis, long toMillis) {}

  /**
   * What was told at a moment; null is what was not.
   *
   * @param bufferMillis media that is loaded and not yet shown
   * @param latencyMillis live latency
   */
  public record Point(
      long millis,
      @Nullable Integer bitrateKbps,
      @Nullable Integer height,
      @Nullable Long bufferMillis,
      @Nullable Long latencyMillis) {}

  /**
   * An error.
   *
   * @param code as the player tells it; empty: it tells none
   * @param fatal whether it ended playback
   */
  public record PlayerError(long millis, String code, boolean fatal) {}

  /** How an object was got. */
  public record Request(long millis, Delivery delivery) {}
}
