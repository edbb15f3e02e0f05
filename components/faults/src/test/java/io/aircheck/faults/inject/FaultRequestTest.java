package io.aircheck.faults.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultRequestTest {

  @Test
  void request_withTimesAndValue_isRead() {
    FaultRequest request = FaultRequest.parse("hum@1.5+2,dbfs=-40");
    assertThat(request.kind()).isEqualTo(FaultKind.HUM);
    assertThat(request.startMicros()).isEqualTo(1_500_000);
    assertThat(request.endMicros()).isEqualTo(3_500_000);
    assertThat(request.values()).containsEntry("dbfs", -40.0).containsEntry("hertz", 50.0);
  }

  @Test
  void interval_holdsItsStart_notItsEnd() {
    FaultRequest request = FaultRequest.parse("black@1+2");
    assertThat(request.covers(999_999)).isFalse();
    assertThat(request.covers(1_000_000)).isTrue();
    assertThat(request.covers(3_000_000)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"black", "black@", "black@1", "black@-1+2", "black@1+x", "black@1+2,", "@1+2"})
  void request_thatCannotBeRead_saysHowToWriteIt(String text) {
    assertThatThrownBy(() -> FaultRequest.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("KIND@start+duration")
        .hasMessageNotContaining("\n");
  }

  @Test
  void unknownKind_namesTheNearest() {
    assertThatThrownBy(() -> FaultRequest.parse("blak@1+2"))
        .hasMessage("unknown fault blak; did you mean black?");
  }

  @Test
  void unknownParameter_listsTheParameters() {
    assertThatThrownBy(() -> FaultRequest.parse("hum@1+2,level=3"))
        .hasMessage("hum has no parameter level; it has: dbfs, hertz");
  }

  @Test
  void valueOutOfRange_namesTheRange() {
    assertThatThrownBy(() -> FaultRequest.parse("hum@1+2,hertz=440"))
        .hasMessage("hertz of hum is 440, must be from 40.0 to 70.0");
  }
}
