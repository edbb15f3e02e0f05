package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoadShedderTest {
  private static final long MILLI = 1_000_000;

  private final LoadShedder shedder = new LoadShedder();
  private long nowMillis;
  private long mediaMillis;
  private long waitedMillis;
  private int changes;

  /** Works for a time, then waits for a time, and gets through some media meanwhile. */
  private void step(long workMillis, long waitMillis, long stepMediaMillis) {
    nowMillis += workMillis + waitMillis;
    waitedMillis += waitMillis;
    mediaMillis += stepMediaMillis;
    boolean changed =
        shedder.progress(
            nowMillis * MILLI, mediaMillis * 1000, OptionalLong.of(waitedMillis * MILLI));
    changes += changed ? 1 : 0;
  }

  private void steps(int count, long workMillis, long waitMillis, long stepMediaMillis) {
    for (int i = 0; i < count; i++) {
      step(workMillis, waitMillis, stepMediaMillis);
    }
  }

  @Test
  void progress_keepsUp_looksAtEveryPicture() {
    steps(10_000, 30, 10, 40);

    assertThat(shedder.stride()).isEqualTo(1);
    assertThat(shedder.behindSeconds()).isZero();
  }

  @Test
  void progress_segmentsInBursts_areNoOverload() {
    for (int segment = 0; segment < 20; segment++) {
      // Six seconds of media in four, then a wait of two.
      steps(150, 27, 0, 40);
      step(0, 1950, 0);
    }

    assertThat(changes).isZero();
  }

  @Test
  void progress_inputStalls_isNoOverload() {
    steps(100, 30, 10, 40);
    step(0, 30_000, 0);
    steps(100, 30, 10, 40);

    assertThat(changes).isZero();
  }

  @Test
  void progress_secondsBehindAtTheStart_areCaughtUp() {
    step(0, 0, 0);
    steps(249, 60, 0, 40);
    steps(1000, 30, 0, 40);

    assertThat(changes).isZero();
  }

  @Test
  void progress_eachFurtherSecondBehind_halvesThePictures() {
    step(0, 0, 0);
    steps(251, 60, 0, 40);
    assertThat(shedder.stride()).isEqualTo(2);
    assertThat(shedder.behindSeconds()).isEqualTo(5.02);

    steps(51, 60, 0, 40);
    assertThat(shedder.stride()).isEqualTo(4);

    steps(1000, 60, 0, 40);
    assertThat(shedder.stride()).isEqualTo(LoadShedder.LONGEST_STRIDE);
  }

  @Test
  void progress_keepsUpAgain_returnsStepByStep() {
    step(0, 0, 0);
    steps(302, 60, 0, 40);
    assertThat(shedder.stride()).isEqualTo(4);

    steps(240, 30, 10, 40);
    assertThat(shedder.stride()).as("after less than ten seconds").isEqualTo(4);
    steps(20, 30, 10, 40);
    assertThat(shedder.stride()).isEqualTo(2);
    steps(260, 30, 10, 40);
    assertThat(shedder.stride()).isEqualTo(1);
  }

  @Test
  void progress_waitUnknown_neverSheds() {
    for (int i = 0; i < 1000; i++) {
      shedder.progress(i * 100 * MILLI, 0, OptionalLong.empty());
    }

    assertThat(shedder.stride()).isEqualTo(1);
  }

  @Test
  void takesPicture_strideOfFour_takesEveryFourth() {
    step(0, 0, 0);
    steps(302, 60, 0, 40);
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      taken += shedder.takesPicture() ? 1 : 0;
    }

    assertThat(taken).isEqualTo(25);
  }
}
