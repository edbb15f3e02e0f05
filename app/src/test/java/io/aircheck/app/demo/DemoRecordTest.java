package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.audience.truth.Toll;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoRecordTest {
  private final DemoRecord record =
      new DemoRecord(List.of(new DemoFault(Type.BLACK, 10, 4), new DemoFault(Type.SILENCE, 20, 4)));

  /** Four left in truth, two of them without a word. */
  private static Toll felt(Type type) {
    return new Toll(9, 4_000, 4, 2, 0, 0);
  }

  @Test
  void viewersWhoLeft_butNobodyIsToldToHave_isNotComplete() {
    record.reached(10, 10);
    record.reached(20, 20);
    record.opened("a", "audio.silence", 21);
    record.opened("b", "video.black", 22);

    record.hit(incident -> Impacts.of(9, 0, 0), DemoRecordTest::felt);
    assertThat(record.complete()).isFalse();
    record.hit(incident -> Impacts.of(9, 1, 0), type -> Toll.NONE);
    assertThat(record.complete()).as("nobody has left yet").isFalse();
    record.hit(incident -> Impacts.of(9, 1, 0), DemoRecordTest::felt);
    assertThat(record.complete()).isTrue();
  }

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
    record.reached(10, 10);
    record.reached(20, 20);
    record.opened("a", "audio.silence", 21);
    record.hit(incident -> Impacts.of(7, 4, 0), DemoRecordTest::felt);
    assertThat(record.complete()).isFalse();
    record.opened("b", "video.black", 22);
    assertThat(record.complete()).isFalse();
    record.hit(incident -> Impacts.of(incident.equals("b") ? 8 : 9, 4, 0), DemoRecordTest::felt);
    assertThat(record.complete()).isTrue();
    assertThat(record.entries())
        .extracting(entry -> entry.impact().viewers())
        .containsExactly(8L, 9L);
  }

  @Test
  void streamThatIsStillInTheRoundBefore_hasNothingInjected() {
    assertThat(record.reached(199, 3)).isEmpty();
    assertThat(record.reached(14, 4)).isEmpty();
    assertThat(record.reached(13.9, 5)).hasSize(1);
  }
}
