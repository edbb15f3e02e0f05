package io.aircheck.experience.engine;

import io.aircheck.experience.session.SessionState;
import java.util.HashMap;
import java.util.Map;

/** How many sessions watch now, and what. Not thread-safe. */
final class OpenViews {
  private final Map<String, Long> byContent = new HashMap<>();
  private int count;

  /** A session is in another state now. */
  void changed(SessionState before, SessionState after) {
    boolean same =
        before.isOpen() == after.isOpen()
            && before.cohort().content().equals(after.cohort().content());
    if (!same) {
      gone(before);
      if (after.isOpen()) {
        count++;
        byContent.merge(after.cohort().content(), 1L, Long::sum);
      }
    }
  }

  /** A session is known no more. */
  void gone(SessionState before) {
    if (before.isOpen()) {
      count--;
      byContent.computeIfPresent(
          before.cohort().content(), (content, views) -> views == 1 ? null : views - 1);
    }
  }

  int count() {
    return count;
  }

  void addTo(Map<String, Long> sums) {
    byContent.forEach((content, views) -> sums.merge(content, views, Long::sum));
  }
}
