package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.MediaEvent.CodedPicture;
import io.aircheck.core.media.TimestampScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Pictures of 40 ms; those of the high rendition are four times as large, if nothing is wrong. */
class LadderSizesTest {
  private static final long PICTURE_MICROS = 40_000;
  private static final int PER_SECOND = 25;

  private final LadderSizes<String> sizes = new LadderSizes<>();

  /** Sizes of the pictures of a programme: a rhythm of 9 pictures, busier from second to second. */
  private static int programme(int picture) {
    int rhythm = picture % 3 == 0 ? 400 : 100;
    return rhythm + 10 * (picture / PER_SECOND % 5);
  }

  private static int high(int picture) {
    return 4 * programme(picture);
  }

  private boolean show(
      String rendition, int from, int to, IntUnaryOperator bytes, TimestampScope scope) {
    List<CodedPicture> pictures = new ArrayList<>();
    for (int picture = from; picture < to; picture++) {
      long micros = picture * PICTURE_MICROS - scope.offsetMicros();
      pictures.add(new CodedPicture(micros, bytes.applyAsInt(picture)));
    }
    return sizes.coded(rendition, rendition.equals("low"), pictures, scope).isPresent();
  }

  /** The second in which something became suspicious, or -1; each rendition has a time line. */
  private int suspiciousAt(int seconds, IntUnaryOperator low, IntUnaryOperator high) {
    TimestampScope ofLow = new TimestampScope(0, 7_000_000, 0);
    TimestampScope ofHigh = new TimestampScope(0, 9_120_000, 0);
    for (int second = 0; second < seconds; second++) {
      int from = second * PER_SECOND;
      int to = from + PER_SECOND;
      boolean suspicious = show("high", from, to, high, ofHigh);
      if (show("low", from, to, low, ofLow) || suspicious) {
        return second;
      }
    }
    return -1;
  }

  private static IntUnaryOperator between(int fromSecond, int toSecond, IntUnaryOperator defect) {
    return picture -> {
      int second = picture / PER_SECOND;
      return second >= fromSecond && second < toSecond ? defect.applyAsInt(picture) : high(picture);
    };
  }

  @Test
  void coded_renditionsRiseAndFallTogether_isNotSuspicious() {
    assertThat(suspiciousAt(120, LadderSizesTest::programme, LadderSizesTest::high)).isEqualTo(-1);
  }

  @Test
  void coded_renditionStandsStill_isSuspiciousWithinTwoSeconds() {
    int at = suspiciousAt(60, LadderSizesTest::programme, between(30, 40, picture -> 40));

    assertThat(at).isBetween(31, 32);
  }

  @Test
  void coded_renditionShowsMore_isSuspicious() {
    int at =
        suspiciousAt(60, LadderSizesTest::programme, between(30, 40, picture -> 5 * high(picture)));

    assertThat(at).isBetween(31, 32);
  }

  @Test
  void coded_largerByAQuarter_isNotSuspicious() {
    int at =
        suspiciousAt(
            60, LadderSizesTest::programme, between(30, 40, picture -> 5 * high(picture) / 4));

    assertThat(at).isEqualTo(-1);
  }

  @Test
  void coded_sameLevelInAnotherRhythm_isSuspicious() {
    // Every second picture four times as large and the others a quarter: the mean logarithm stays.
    int at =
        suspiciousAt(
            60,
            LadderSizesTest::programme,
            between(30, 40, picture -> picture % 2 == 0 ? 4 * high(picture) : high(picture) / 4));

    assertThat(at).isBetween(31, 32);
  }

  @Test
  void coded_nothingButHeadersForASecond_isSuspicious() {
    int at = suspiciousAt(60, LadderSizesTest::programme, between(30, 31, picture -> 40));

    assertThat(at).isEqualTo(31);
  }

  @Test
  void coded_nothingButHeadersForHalfASecond_isNotSuspicious() {
    int first = 30 * PER_SECOND;
    int at =
        suspiciousAt(
            60,
            LadderSizesTest::programme,
            picture -> picture >= first && picture < first + 12 ? 40 : high(picture));

    assertThat(at).isEqualTo(-1);
  }

  @Test
  void coded_allStandStillAndTheLargerMore_isTheProgramme() {
    int at =
        suspiciousAt(
            60,
            picture -> picture / PER_SECOND < 30 ? programme(picture) : 12,
            between(30, 60, picture -> 12));

    assertThat(at).isEqualTo(-1);
  }

  @Test
  void coded_lastsForGood_becomesTheUsual() {
    IntUnaryOperator high = between(30, 1_000, picture -> 5 * high(picture));
    suspiciousAt(31, LadderSizesTest::programme, high);
    TimestampScope scope = new TimestampScope(0, 0, 0);

    boolean soon = show("high", 32 * PER_SECOND, 34 * PER_SECOND, high, scope);
    soon |= show("low", 31 * PER_SECOND, 34 * PER_SECOND, LadderSizesTest::programme, scope);
    show("high", 34 * PER_SECOND, 70 * PER_SECOND, high, scope);
    show("low", 34 * PER_SECOND, 70 * PER_SECOND, LadderSizesTest::programme, scope);
    boolean late = show("high", 70 * PER_SECOND, 72 * PER_SECOND, high, scope);
    late |= show("low", 70 * PER_SECOND, 72 * PER_SECOND, LadderSizesTest::programme, scope);

    assertThat(soon).isTrue();
    assertThat(late).isFalse();
  }

  @Test
  void coded_inTheFirstSeconds_nothingIsUsualYet() {
    int at = suspiciousAt(6, LadderSizesTest::programme, between(3, 6, picture -> 40));

    assertThat(at).isEqualTo(-1);
  }

  @Test
  void coded_nothingKnownOfTimestamps_isNotCompared() {
    boolean suspicious = false;
    for (int second = 0; second < 60; second++) {
      int from = second * PER_SECOND;
      IntUnaryOperator high = between(30, 40, picture -> 40);
      suspicious |= show("high", from, from + PER_SECOND, high, TimestampScope.UNKNOWN);
      suspicious |=
          show("low", from, from + PER_SECOND, LadderSizesTest::programme, TimestampScope.UNKNOWN);
    }

    assertThat(suspicious).isFalse();
  }
}
