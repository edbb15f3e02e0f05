package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.app.demo.DemoFault.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoRecordTest {
  private final DemoRecord record =
      new DemoRecord(List.of(new DemoFault(Type.BLACK, 10, 4), new DemoFault(Type.SILENCE, 20, 4)));

  @Test
  void incidentBeforeItsFault_isNotTakenForIt() {
    assertThat(record.opened("id", "video.black", 5).expected()).isFalse();
    assertThat(record.further()).isEqualTo(1);
    assertThat(record.complete()).isFalse();
  }

  @Test
  void firstIncidentAfterItsFault_countsWithItsDelay() {
    assertThat(record.reached(10, 3)).extracting(DemoFault::type).containsExactly(Type.BLACK);
    assertThat(record.reached(11, 4)).isEmpty();

    assertThat(record.opened("id", "video.black", 9.5).found().orElseThrow().delaySeconds())
        .isCloseTo(6.5, within(1e-9));
    DemoRecord.Meaning second = record.opened("id", "video.black", 10);
    assertThat(second.found()).isEmpty();
    assertThat(second.expected()).isTrue();
    assertThat(record.further()).isZero();
  }

  @Test
  void allFaultsFoundWithTheirViewers_isComplete() {
    record.reached(30, 20);
    record.opened("a", "audio.silence", 21);
    record.hit(incident -> 7);
    assertThat(record.complete()).isFalse();
    record.opened("b", "video.black", 22);
    assertThat(record.complete()).isFalse();
    record.hit(incident -> incident.equals("b") ? 8 : 9);
    assertThat(record.complete()).isTrue();
    assertThat(record.entries()).extracting(DemoRecord.Entry::viewers).containsExactly(8L, 9L);
  }
}
