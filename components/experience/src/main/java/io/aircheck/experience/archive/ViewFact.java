package io.aircheck.experience.archive;

import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionEnd;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is new of a view in an hour, while it had the same dimensions, as a runtime carries it until
 * it is a fact.
 *
 * @param hourMillis start of the hour
 * @param session id of the session
 * @param view number of the view within the session
 * @param content id of the content
 * @param attributes the other dimensions, the rendition not among them
 * @param sums all that was added
 * @param firstMillis start of the first window of which anything was told
 * @param lastMillis start of the last one
 * @param end how the view ended, the last time that it did so; null: it did not
 */
public record ViewFact(
    long hourMillis,
    String session,
    int view,
    String content,
    Map<String, String> attributes,
    Measures sums,
    long firstMillis,
    long lastMillis,
    @Nullable SessionEnd end) {
  public ViewFact {
    attributes = Map.copyOf(attributes);
  }

  static ViewFact of(long hourMillis, SessionDelta delta) {
    return new ViewFact(
        hourMillis,
        delta.session(),
        delta.view(),
        delta.cohort().content(),
        delta.cohort().attributes(),
        delta.measures(),
        delta.windowMillis(),
        delta.windowMillis(),
        delta.end());
  }

  boolean isOf(long hour, SessionDelta delta) {
    return hourMillis == hour
        && view == delta.view()
        && session.equals(delta.session())
        && content.equals(delta.cohort().content())
        && attributes.equals(delta.cohort().attributes());
  }

  ViewFact with(SessionDelta delta) {
    return new ViewFact(
        hourMillis,
        session,
        view,
        content,
        attributes,
        sums.plus(delta.measures()),
        Math.min(firstMillis, delta.windowMillis()),
        Math.max(lastMillis, delta.windowMillis()),
        delta.end() == null ? end : delta.end());
  }
}
