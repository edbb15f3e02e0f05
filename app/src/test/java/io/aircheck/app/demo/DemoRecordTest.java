package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoRecordTest {
  private final DemoRecord record =
      new DemoRecord(List.of(new DemoFault(Type.BLACK, 10, 4), new DemoFault(Type.SILENCE, 20, 4)));

  @Test
  void findingBeforeItsFault_isNotTakenForIt() {
    assertThat(record.opened(finding("video.black"), 5).expected()).isFalse();
    assertThat(record.further()).isEqualTo(1);
    assertThat(record.complete()).isFalse();
  }

  @Test
  void firstFindingAfterItsFault_countsWithItsDelay() {
    assertThat(record.reached(10, 3)).extracting(DemoFault::type).containsExactly(Type.BLACK);
    assertThat(record.reached(11, 4)).isEmpty();

    assertThat(record.opened(finding("video.black"), 9.5).found().orElseThrow().delaySeconds())
        .isCloseTo(6.5, within(1e-9));
    DemoRecord.Meaning second = record.opened(finding("video.black"), 10);
    assertThat(second.found()).isEmpty();
    assertThat(second.expected()).isTrue();
    assertThat(record.further()).isZero();
  }

  @Test
  void allFaultsFound_isComplete() {
    record.reached(30, 20);
    record.opened(finding("audio.silence"), 21);
    assertThat(record.complete()).isFalse();
    record.opened(finding("video.black"), 22);
    assertThat(record.complete()).isTrue();
  }

  private static Finding finding(String kind) {
    return new Finding(
        kind + "/1", kind, 0, 1, Severity.ERROR, 1, "video:0", null, Map.of(), "a message");
  }
}
