package io.aircheck.experience.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompleteWindowsTest {
  private static final long MINUTE = 60_000;
  private static final List<String> WHOLE = List.of();
  private static final List<String> BY_CDN = List.of("cdn");

  private final CompleteWindows windows = new CompleteWindows(MINUTE, List.of(WHOLE, BY_CDN));

  @Test
  void completeMillis_withoutWindows_isNone() {
    assertThat(windows.completeMillis(MINUTE)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void completeMillis_allSetsTold_isTheEndSomeTimeAfterTheFirst() {
    windows.told(0, WHOLE, 80_000);
    windows.told(0, BY_CDN, 95_000);

    assertThat(windows.completeMillis(99_999)).isEqualTo(Long.MIN_VALUE);
    assertThat(windows.completeMillis(100_000)).isEqualTo(MINUTE);
  }

  @Test
  void completeMillis_setThatFailsToCome_isNotWaitedForForEver() {
    windows.told(0, WHOLE, 80_000);
    windows.told(0, List.of("another"), 80_000);
    windows.told(MINUTE, WHOLE, 140_000);
    windows.told(MINUTE, BY_CDN, 140_000);

    assertThat(windows.completeMillis(169_999)).isEqualTo(Long.MIN_VALUE);
    assertThat(windows.completeMillis(170_000)).isEqualTo(2 * MINUTE);
  }

  @Test
  void completeMillis_windowToldAgain_staysWhereItWas() {
    windows.told(MINUTE, WHOLE, 80_000);
    windows.told(MINUTE, BY_CDN, 80_000);
    assertThat(windows.completeMillis(100_000)).isEqualTo(2 * MINUTE);

    windows.told(0, WHOLE, 110_000);
    windows.told(MINUTE, WHOLE, 110_000);

    assertThat(windows.completeMillis(1_000_000)).isEqualTo(2 * MINUTE);
  }
}
