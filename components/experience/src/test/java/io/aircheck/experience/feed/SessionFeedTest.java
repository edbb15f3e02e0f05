package io.aircheck.experience.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.engine.Told;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionEnd;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionFeedTest {
  private static final long START = 1_800_000_000_000L;

  private static Told told(String session, long atMillis, SessionEnd.@Nullable Reason end) {
    SessionEnd ended =
        end == null ? null : new SessionEnd(end, START, START, START + atMillis, Measures.ZERO);
    long window = (START + atMillis) / 10_000 * 10_000;
    return new Told(
        START + atMillis,
        new SessionDelta(session, 1, window, Cohort.UNKNOWN, Measures.ZERO, ended));
  }

  private static List<String> sessions(List<SessionNews> news) {
    return news.stream().map(one -> one.told().delta().session()).toList();
  }

  @Test
  void take_endsOnly_leavesOutTheOthers() {
    SessionFeed feed = new SessionFeed(true, 10, START);

    feed.told(List.of(told("a", 0, null), told("b", 0, SessionEnd.Reason.QUIT)));

    assertThat(sessions(feed.take(10))).containsExactly("b");
  }

  @Test
  void take_untilItIsPassed_isTheSame() {
    SessionFeed feed = new SessionFeed(false, 10, START);
    feed.told(List.of(told("a", 0, null), told("b", 0, null), told("c", 0, null)));

    assertThat(sessions(feed.take(2))).containsExactly("a", "b");
    assertThat(sessions(feed.take(5))).containsExactly("a", "b");
    feed.passed();
    assertThat(sessions(feed.take(5))).containsExactly("c");
    assertThat(feed.waiting()).isEqualTo(1);
  }

  @Test
  void told_moreThanMayWait_losesTheOldestAndCounts() {
    SessionFeed feed = new SessionFeed(false, 2, START);

    feed.told(List.of(told("a", 0, null), told("b", 0, null), told("c", 0, null)));

    assertThat(sessions(feed.take(5))).containsExactly("b", "c");
    assertThat(feed.dropped()).isEqualTo(1);
  }

  @Test
  void id_ofWhatAStepTells_isNumbered() {
    SessionFeed feed = new SessionFeed(false, 10, START);

    feed.told(List.of(told("a", 5, null), told("a", 5, null), told("b", 5, null)));

    assertThat(feed.take(5))
        .extracting(SessionNews::id)
        .containsExactly(
            START + "~" + (START + 5) + "~0",
            START + "~" + (START + 5) + "~1",
            START + "~" + (START + 5) + "~0");
  }

  @Test
  void position_isBeforeWhatWaits_andAllOfItIsToldAgainFromThere() {
    List<Told> all = List.of(told("a", 0, null), told("b", 60_000, null), told("c", 120_000, null));
    SessionFeed feed = new SessionFeed(false, 10, START);
    feed.told(all);
    feed.advanced(START + 180_000);
    feed.take(1);
    feed.passed();
    feed.take(1);
    assertThat(feed.lagMillis()).isEqualTo(120_000);

    SessionFeed next = new SessionFeed(false, 10, feed.position());
    next.told(all);

    assertThat(sessions(next.take(10))).containsExactly("b", "c");
  }

  @Test
  void position_nothingWaits_followsTheTimeThatHasPassed() {
    SessionFeed feed = new SessionFeed(false, 10, START);

    feed.advanced(START + 100_000);

    assertThat(feed.position()).isEqualTo(START + 70_000);
    assertThat(feed.lagMillis()).isZero();
  }

  @Test
  void erase_forgetsWhatWaits() {
    SessionFeed feed = new SessionFeed(false, 10, START);
    feed.told(List.of(told("a", 0, null), told("b", 0, null), told("a", 10_000, null)));
    feed.take(1);

    assertThat(feed.erase("a")).isTrue();
    assertThat(sessions(feed.take(5))).containsExactly("b");
    assertThat(feed.erase("a")).isFalse();
  }
}
