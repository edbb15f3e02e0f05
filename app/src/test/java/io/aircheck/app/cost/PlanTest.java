package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.app.UsageException;
import io.aircheck.core.meter.Quantity;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  /** A machine for a unit an hour that holds twelve of the streams, and half of one for a third. */
  private static final Prices PRICES =
      new Prices(
          "a",
          "b",
          "USD",
          0.6,
          Prices.shipped().prices(),
          List.of(
              new Machine("large", 4, 8, OptionalDouble.of(1), ""),
              new Machine("small", 2, 4, OptionalDouble.of(0.4), ""),
              new Machine("tiny", 0.1, 1, OptionalDouble.of(0.01), "")),
          Prices.shipped().quotas());

  /** By hand: 10,800 transitions, 3,600 writes, 7,200 reads. */
  private static final double FUNCTIONS = 0.27 + 0.018 + 0.00288;

  private static Plan plan(String text) {
    return Plan.of(MeasurementJsonTest.MEASUREMENT, PRICES, PlanRequest.parse(text));
  }

  @Test
  void of_manyStreams_rentsWholeMachinesAndLeavesOutThoseThatHoldNone() {
    Plan plan = plan("streams=25,hours=12");

    assertThat(plan.options()).hasSize(3);
    Plan.Option small = plan.options().get(0);
    assertThat(small.place().orElseThrow()).isEqualTo(new Bill.Place(PRICES.machines().get(1), 6));
    assertThat(small.machines()).isEqualTo(5);
    assertThat(small.perHour()).isCloseTo(2, within(1e-12));
    Plan.Option large = plan.options().get(1);
    assertThat(large.machines()).isEqualTo(3);
    assertThat(plan.perDay(large)).isCloseTo(36, within(1e-9));
    Plan.Option functions = plan.options().get(2);
    assertThat(functions.deployment()).isEqualTo("serverless");
    assertThat(plan.perMonth(functions)).isCloseTo(25 * FUNCTIONS * 12 * 30, within(1e-6));
    assertThat(functions.needsMoreQuota(25)).isFalse();
  }

  @Test
  void of_moreStreamsThanTransitionsAreAllowedFor_needsMoreQuota() {
    Plan plan = plan("streams=501");

    assertThat(plan.options())
        .filteredOn(option -> option.deployment().equals("serverless"))
        .singleElement()
        .satisfies(option -> assertThat(option.needsMoreQuota(501)).isTrue());
  }

  @Test
  void of_quotaOfOtherMachines_limitsOnlyThose() {
    Prices prices =
        new Prices(
            "a",
            "b",
            "USD",
            0.6,
            PRICES.prices(),
            PRICES.machines(),
            List.of(new Prices.Quota("cores", Quantity.CPU_SECONDS, 8, "la", "")));
    Plan plan =
        Plan.of(MeasurementJsonTest.MEASUREMENT, prices, PlanRequest.parse("streams=25,hours=12"));

    // Three of four cores, where eight are allowed; five of two have no such limit.
    assertThat(plan.options().get(1).needsMoreQuota(25)).isTrue();
    assertThat(plan.options().get(0).needsMoreQuota(25)).isFalse();
  }

  @Test
  void of_oneStream_tellsUpToWhereFunctionsAreCheaper() {
    Plan plan = plan("streams=1,checkSeconds=30");

    // The small machine for all day: 9.6.
    assertThat(plan.breakEvens())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.machines().place().orElseThrow().machine().name()).isEqualTo("small");
              assertThat(one.hoursPerDay()).isCloseTo(9.6 / FUNCTIONS, within(1e-9));
              assertThat(one.checksPerDay()).isCloseTo(9.6 / FUNCTIONS * 120, within(1e-6));
            });
  }

  @Test
  void parse_detectors_takesWhatHasNoNameToo() {
    assertThat(PlanRequest.parse("streams=2000,detectors=video.*,audio.silence,hours=2.5"))
        .isEqualTo(new PlanRequest(2000, 2.5, 60, List.of("video.*", "audio.silence")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stream=1 | unknown stream; did you mean streams?",
        "hours=1 | needs streams",
        "2000 | write name=value",
        "streams=1.5 | streams must be a whole number",
        "streams=0 | streams is 0, must be from 1 to",
        "streams=1,hours=25 | hours is 25, must be above 0 and at most 24",
        "streams=1,hours=x | hours is x, must be a number",
        "streams=1,streams=2 | streams is given twice",
      })
  void parse_whatIsWrong_isSaid(String text, String words) {
    assertThatThrownBy(() -> PlanRequest.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(words);
  }
}
