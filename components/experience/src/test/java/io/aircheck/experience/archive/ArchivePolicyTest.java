package io.aircheck.experience.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchivePolicyTest {
  private static final long MINUTE = ArchivePolicy.MINUTE_MILLIS;
  private static final ArchivePolicy POLICY =
      ArchivePolicy.keeping(Duration.ofDays(1), Duration.ofDays(1));

  @ParameterizedTest
  @CsvSource({
    // window, told, hour and batch in minutes; the grace is five
    "10, 12, 0, 0",
    "59, 61, 0, 0",
    "59, 64, 0, 0",
    "59, 65, 0, 60",
    "62, 63, 60, 60",
    "10, 124, 0, 60",
    "10, 125, 0, 120",
    "10, 1500, 60, 1440",
    "130, 119, 60, 60",
  })
  void whatIsTold_isWrittenWithItsHourOrTheOneInWhichItCame(
      long window, long told, long hour, long batch) {
    long isOf = POLICY.hourOf(window * MINUTE, told * MINUTE);
    assertThat(isOf).isEqualTo(hour * MINUTE);
    assertThat(POLICY.batchOf(isOf, told * MINUTE)).isEqualTo(batch * MINUTE);
  }

  @Test
  void dueHour_isTheLatestThatNothingIsWrittenWithAnyMore() {
    long due = 5 * MINUTE + 30_000;
    assertThat(POLICY.dueHour(120 * MINUTE + due - 1)).isEqualTo(0);
    assertThat(POLICY.dueHour(120 * MINUTE + due)).isEqualTo(60 * MINUTE);
  }
}
