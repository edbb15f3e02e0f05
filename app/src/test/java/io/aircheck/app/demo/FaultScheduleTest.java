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
    assertThat(new FaultSchedule(FAULTS, 30).holds(Type.BLACK, seconds)).isEqualTo(holds);
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
    assertThat(new FaultSchedule(FAULTS, 30).hits(Type.MISSING_SEGMENT, segment, rendition))
        .isEqualTo(hit);
  }
}
