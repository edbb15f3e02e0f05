package io.aircheck.app.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaClockTest {
  private final MediaClock clock = new MediaClock();

  @Test
  void wallClock_mediaInStep_isNow() {
    assertThat(clock.wallClockMillis(0, 1000)).isEqualTo(1000);
    assertThat(clock.wallClockMillis(2_000_000, 3000)).isEqualTo(3000);
  }

  @Test
  void wallClock_burst_neverInTheFuture() {
    // Six seconds within one, then nothing until the next segment is there.
    clock.wallClockMillis(0, 10_000);
    assertThat(clock.wallClockMillis(6_000_000, 11_000)).isEqualTo(11_000);
    assertThat(clock.wallClockMillis(6_000_000, 16_000)).isEqualTo(11_000);
    assertThat(clock.wallClockMillis(12_000_000, 17_000)).isEqualTo(17_000);
  }

  @Test
  void wallClock_inputStoodStill_beginsAnew() {
    clock.wallClockMillis(0, 10_000);

    assertThat(clock.wallClockMillis(1_000_000, 60_000)).isEqualTo(60_000);
  }
}
