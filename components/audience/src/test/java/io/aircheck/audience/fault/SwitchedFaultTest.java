package io.aircheck.audience.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SwitchedFaultTest {
  private final SwitchedFault fault = new SwitchedFault(FaultKind.FREEZE, Whom.with(Map.of()), 0.1);

  @Test
  void switches_areRememberedForThoseWhoSeeThemLater() {
    fault.turn(true, 5_000);
    fault.turn(false, 8_000);

    assertThat(fault.lasts(4_999)).isFalse();
    assertThat(fault.lasts(5_000)).isTrue();
    assertThat(fault.lasts(7_999)).isTrue();
    assertThat(fault.lasts(8_000)).isFalse();
  }

  @Test
  void change_isTheNextOneThatIsKnown_orIsAskedForAgainSoon() {
    fault.turn(true, 500);

    assertThat(fault.changesAfter(0)).isEqualTo(500);
    assertThat(fault.changesAfter(500)).isBetween(501L, 2_000L);
  }
}
