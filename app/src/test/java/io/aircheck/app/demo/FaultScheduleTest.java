package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.demo.DemoFault.Type;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultScheduleTest {
  private static final List<DemoFault> FAULTS =
      List.of(new DemoFault(Type.BLACK, 10, 4), new DemoFault(Type.MISSING_SEGMENT, 5, 2));

  @ParameterizedTest
  @CsvSource({"9.9, false", "10, true", "13.9, true", "14, false", "40, true", "44, false"})
  void holds_everyRound_fromItsStartToItsEnd(double seconds, boolean holds) {
    assertThat(FaultSchedule.every(30, FAULTS).holds(Type.BLACK, seconds)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({"18, false", "29.9, false", "30, true", "33.9, true", "34, false", "60, true"})
  void after_withinASegment_beginsWithTheNext(double seconds, boolean holds) {
    FaultSchedule later = FaultSchedule.every(30, FAULTS).after(19.2);

    assertThat(later.beginSeconds()).isEqualTo(20);
    assertThat(later.holds(Type.BLACK, seconds)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({"19, -1", "20, 0", "49.9, 0", "50, 1"})
  void round_beginsLater_isCountedFromThere(double seconds, int round) {
    assertThat(FaultSchedule.every(30, FAULTS).after(19.2).round(seconds)).isEqualTo(round);
  }

  @ParameterizedTest
  @CsvSource({"13, true", "14, false", "40, false"})
  void holds_once_neverAgain(double seconds, boolean holds) {
    assertThat(FaultSchedule.once(FAULTS).holds(Type.BLACK, seconds)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 180p, false",
    "2, 180p, true",
    "3, 180p, true",
    "4, 180p, false",
    "2, 360p, false",
    "17, 180p, true",
  })
  void hits_segmentsThatTheFaultTouches_inItsRenditionAlone(
      long segment, String rendition, boolean hit) {
    assertThat(FaultSchedule.every(30, FAULTS).hits(Type.MISSING_SEGMENT, segment, rendition))
        .isEqualTo(hit);
  }
}
