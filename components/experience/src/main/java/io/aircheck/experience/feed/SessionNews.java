package io.aircheck.experience.feed;

import io.aircheck.experience.engine.Told;
import io.aircheck.experience.session.SessionDelta;

/**
 * Something new of a session, on its way.
 *
 * @param told what, and when that became known
 * @param number among what the same step of the session told, from 0
 */
public record SessionNews(Told told, int number) {

  /**
   * What tells it from everything else of its session: reports that are read again tell the same at
   * the same time.
   */
  public String id() {
    SessionDelta delta = told.delta();
    return delta.windowMillis() + "~" + told.atMillis() + "~" + number;
  }
}
