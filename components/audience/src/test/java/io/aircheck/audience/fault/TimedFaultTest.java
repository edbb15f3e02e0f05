package io.aircheck.audience.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.crowd.Dimension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimedFaultTest {
  private static final long BEGIN = 1_800_000_000_000L;
  private static final Cohort HIT =
      Cohort.of(Map.of(Dimension.CDN, "cdn-b", Dimension.APP_VERSION, "3.1"));
  private static final Cohort SPARED = Cohort.of(Map.of(Dimension.CDN, "cdn-a"));

  @Test
  void text_isReadWithItsTimesAndPlace() {
    assertThat(TimedFault.parse("stalls@60+120.5,cdn=cdn-b,appVersion=3.1,times=7.5"))
        .isEqualTo(
            new TimedFault(
                FaultKind.STALLS,
                60_000,
                180_500,
                Whom.with(Map.of(Dimension.CDN, "cdn-b", Dimension.APP_VERSION, "3.1")),
                7.5));
    assertThat(TimedFault.parse("exits@0+1").strength()).isEqualTo(FaultKind.EXITS.usualStrength());
    assertThat(TimedFault.parse("freeze@1+2,content=news,kbps=800,share=0.1"))
        .isEqualTo(
            new TimedFault(
                FaultKind.FREEZE,
                1_000,
                3_000,
                new Whom(Map.of(Dimension.CONTENT, "news"), 800),
                0.1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stall@1+1          | unknown fault stall; did you mean stalls?",
        "stalls@1           | cannot read fault",
        "stalls@1+1,cnd=b   | stalls has no cnd; did you mean cdn?",
        "stalls@1+1,times=0 | times of stalls is 0, must be a number above 0",
        "stalls@1+1,times=x | times of stalls is x, must be a number above 0",
        "stalls@1+1,kbps=8  | stalls has no kbps",
        "freeze@1+1,times=2 | freeze has no times",
        "freeze@1+1,share=2 | share of freeze is 2, must be a number above 0 and up to 1",
        "outage@1+1,share=1 | outage has no share",
      })
  void text_thatIsWrong_isOneLine(String text, String message) {
    assertThatThrownBy(() -> TimedFault.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void fault_hitsItsCohortWhileItLasts() {
    Faults faults = new Faults(List.of(TimedFault.parse("stalls@60+60,cdn=cdn-b,times=5")), BEGIN);

    assertThat(faults.times(FaultKind.STALLS, HIT, BEGIN + 59_999)).isEqualTo(1);
    assertThat(faults.times(FaultKind.STALLS, HIT, BEGIN + 60_000)).isEqualTo(5);
    assertThat(faults.times(FaultKind.STALLS, HIT, BEGIN + 119_999)).isEqualTo(5);
    assertThat(faults.times(FaultKind.STALLS, HIT, BEGIN + 120_000)).isEqualTo(1);
    assertThat(faults.times(FaultKind.STALLS, SPARED, BEGIN + 60_000)).isEqualTo(1);
    assertThat(faults.times(FaultKind.EXITS, HIT, BEGIN + 60_000)).isEqualTo(1);
  }

  @Test
  void faults_ofAKindAtTheSameTime_multiply() {
    Faults faults =
        new Faults(
            List.of(
                TimedFault.parse("stalls@0+10,times=5"),
                TimedFault.parse("stalls@5+10,cdn=cdn-b,times=4"),
                TimedFault.parse("stalls@90+10,times=0.5")),
            BEGIN);

    assertThat(faults.times(FaultKind.STALLS, HIT, BEGIN + 7_000)).isEqualTo(20);
    assertThat(faults.times(FaultKind.STALLS, HIT, BEGIN + 95_000)).isEqualTo(0.5);
    assertThat(faults.worst(FaultKind.STALLS, HIT)).isEqualTo(20);
    assertThat(faults.worst(FaultKind.STALLS, SPARED)).isEqualTo(5);
  }
}
