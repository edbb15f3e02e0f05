package io.aircheck.experience.archive;

import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.RunningSums;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionEnd;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is new of a view in an hour, while it had the same dimensions. Not thread-safe. */
final class ViewHour {
  /**
   * Which it is. The rendition does not matter: it changes often, and is told by bitrate and
   * quality.
   *
   * @param hourMillis start of the hour
   * @param batchMillis the hour that it is written with
   */
  record Key(
      long hourMillis,
      long batchMillis,
      String session,
      int view,
      String content,
      Map<String, String> attributes) {

    static Key of(long hourMillis, long batchMillis, SessionDelta delta) {
      Cohort cohort = delta.cohort();
      return new Key(
          hourMillis,
          batchMillis,
          delta.session(),
          delta.view(),
          cohort.content(),
          cohort.attributes());
    }
  }

  private final RunningSums sums = new RunningSums();
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;
  private @Nullable SessionEnd end;

  void add(SessionDelta delta) {
    sums.add(delta.measures());
    firstMillis = Math.min(firstMillis, delta.windowMillis());
    lastMillis = Math.max(lastMillis, delta.windowMillis());
    if (delta.end() != null) {
      end = delta.end();
    }
  }

  /** Exact sums. */
  Measures sums() {
    return sums.value();
  }

  /** Start of the first window of which anything was told. */
  long firstMillis() {
    return firstMillis;
  }

  /** Start of the last one. */
  long lastMillis() {
    return lastMillis;
  }

  /** How the view ended, the last time that it did so; null: it did not. */
  @Nullable SessionEnd end() {
    return end;
  }
}
