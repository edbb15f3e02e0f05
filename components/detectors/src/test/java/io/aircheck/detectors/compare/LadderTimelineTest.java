package io.aircheck.detectors.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.TimestampScope;
import org.junit.jupiter.api.Test;

class LadderTimelineTest {
  private static final long SECOND = 1_000_000;

  /** What 33 bits of a 90 kHz clock hold: 26.5 hours. */
  private static final long PERIOD = 95_443_717_689L;

  private static TimestampScope scope(long sequence, long offsetMicros) {
    return new TimestampScope(sequence, offsetMicros, PERIOD);
  }

  @Test
  void entered_firstRendition_keepsItsMediaTime() {
    LadderTimeline timeline = LadderTimeline.EMPTY.entered("a", scope(3, 500 * SECOND), 0);

    assertThat(timeline.shiftMicros("a")).isZero();
  }

  @Test
  void entered_siblingThatJoinedLater_liesByItsTimestamps() {
    LadderTimeline timeline =
        LadderTimeline.EMPTY
            .entered("a", scope(3, 500 * SECOND), 0)
            .entered("b", scope(3, 508 * SECOND), 0);

    assertThat(timeline.shiftMicros("b")).isEqualTo(8 * SECOND);
    assertThat(timeline.related("a", "b")).isTrue();
  }

  @Test
  void entered_siblingBehindTheWrap_liesByItsTimestamps() {
    LadderTimeline timeline =
        LadderTimeline.EMPTY
            .entered("a", scope(0, PERIOD - 2 * SECOND), 0)
            .entered("b", scope(0, SECOND), 0);

    assertThat(timeline.shiftMicros("b")).isEqualTo(3 * SECOND);
  }

  @Test
  void entered_discontinuity_goesOnForTheFirstAndByTimestampsForTheOthers() {
    LadderTimeline timeline =
        LadderTimeline.EMPTY
            .entered("a", scope(0, 0), 0)
            .entered("b", scope(0, 4 * SECOND), 0)
            // Timestamps start again at 100 s, when a is at 20 s and b at 16 s of media time.
            .entered("a", scope(1, 80 * SECOND), 20 * SECOND)
            .entered("b", scope(1, 84 * SECOND + 7), 16 * SECOND);

    assertThat(timeline.shiftMicros("a")).isZero();
    assertThat(timeline.shiftMicros("b")).isEqualTo(4 * SECOND + 7);
    assertThat(timeline.related("a", "b")).isTrue();
  }

  @Test
  void entered_reconnect_comesBackOnTheSameTimeLine() {
    LadderTimeline timeline =
        LadderTimeline.EMPTY
            .entered("a", scope(0, 100 * SECOND), 0)
            .entered("b", scope(0, 100 * SECOND), 0)
            // Back after half a minute by the clock, which is 1.3 s off.
            .entered("b", scope(0, 98_700_000), 40 * SECOND);

    assertThat(timeline.shiftMicros("b")).isEqualTo(-1_300_000);
  }

  @Test
  void entered_unrelatedTimestamps_goesOnWhereItIsExpected() {
    LadderTimeline timeline =
        LadderTimeline.EMPTY
            .entered("a", scope(0, 0), 0)
            .entered("b", scope(0, 1000 * SECOND), 0)
            .entered("c", scope(0, 1002 * SECOND), 0);

    assertThat(timeline.shiftMicros("b")).isZero();
    assertThat(timeline.related("a", "b")).isFalse();
    assertThat(timeline.shiftMicros("c")).isEqualTo(2 * SECOND);
    assertThat(timeline.related("b", "c")).isTrue();
  }

  @Test
  void related_withoutTimestamps_isFalse() {
    LadderTimeline timeline =
        LadderTimeline.EMPTY
            .entered("a", TimestampScope.UNKNOWN, 0)
            .entered("b", TimestampScope.UNKNOWN, 0);

    assertThat(timeline.related("a", "b")).isFalse();
  }

  @Test
  void entered_discontinuitiesForWeeks_staysBounded() {
    LadderTimeline timeline = LadderTimeline.EMPTY;
    for (int n = 0; n < 10_000; n++) {
      timeline = timeline.entered("a", scope(n, n * 977 * SECOND), n * 30 * SECOND);
    }

    assertThat(timeline.origins()).hasSizeLessThanOrEqualTo(32);
    assertThat(timeline.shiftMicros("a")).isZero();
  }
}
