package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Values around 10 whose standard deviation is taken as 1. */
class CumulativeDepartureTest {
  private final CumulativeDeparture departure = new CumulativeDeparture(1);

  private void add(int times, double value) {
    for (int i = 0; i < times; i++) {
      departure.add(value, true);
    }
  }

  @Test
  void add_twoValuesVeryFar_areADepartureAndOneIsNot() {
    add(20, 10);

    // Each counts for 7 - 2.5 = 4.5.
    add(1, 1_000);
    assertThat(departure.isAbove()).isFalse();
    add(1, 1_000);

    assertThat(departure.isAbove()).isTrue();
    assertThat(departure.isBelow()).isFalse();
  }

  @Test
  void add_fourDeviationsBelow_isADepartureAfterSix() {
    add(20, 10);

    // Each counts for 4 - 2.5 = 1.5.
    add(5, 6);
    assertThat(departure.isBelow()).isFalse();
    add(1, 6);

    assertThat(departure.isBelow()).isTrue();
  }

  @Test
  void add_withinTheAllowance_isNoneHoweverLong() {
    add(20, 10);
    add(20, 12.4);

    assertThat(departure.isAbove()).isFalse();
  }

  @Test
  void add_usualAgain_isSoonOver() {
    add(30, 10);
    add(6, 1_000);
    assertThat(departure.isAbove()).isTrue();

    // At most 16, and each takes 2.5 off.
    add(4, 10);

    assertThat(departure.isAbove()).isFalse();
  }

  @Test
  void add_lasting_isTheUsualOnceItIsMostOfWhatIsRemembered() {
    add(60, 10);
    add(30, 100);
    assertThat(departure.isAbove()).isTrue();

    add(8, 100);

    assertThat(departure.isAbove()).isFalse();
  }

  @Test
  void add_notComparable_saysNothing() {
    add(20, 10);
    add(1, 1_000);
    departure.add(1_000, false);
    add(1, 1_000);

    assertThat(departure.isAbove()).isFalse();
  }

  @Test
  void add_fewValues_isNoDepartureYet() {
    add(11, 10);
    departure.add(1_000, true);
    add(1, 1_000);

    assertThat(departure.isAbove()).isFalse();
  }
}
