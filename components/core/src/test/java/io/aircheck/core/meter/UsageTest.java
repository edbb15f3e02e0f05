package io.aircheck.core.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {
  @Test
  void plus_otherQuantities_keepsBoth() {
    Usage sum =
        Usage.of(Quantity.CPU_SECONDS, 1.5)
            .plus(new Usage(Map.of(Quantity.CPU_SECONDS, 2.0, Quantity.MESSAGES, 3.0)));

    assertThat(sum.amounts())
        .containsOnly(Map.entry(Quantity.CPU_SECONDS, 3.5), Map.entry(Quantity.MESSAGES, 3.0));
  }

  @Test
  void since_earlier_isWhatCameBetween() {
    Meter meter = new Meter();
    meter.add(Quantity.OBJECT_READS, 2);
    Usage before = meter.usage();
    meter.add(Quantity.OBJECT_READS, 5);

    assertThat(meter.usage().since(before)).isEqualTo(Usage.of(Quantity.OBJECT_READS, 5));
  }

  @Test
  void since_later_isRefused() {
    Usage more = Usage.of(Quantity.MESSAGES, 2);

    assertThatThrownBy(() -> Usage.NONE.since(more)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void perStreamHour_twoStreamsForTenMinutes_isThreeTimesAsMuch() {
    Usage usage = new Usage(Map.of(Quantity.STREAM_SECONDS, 1_200.0, Quantity.CPU_SECONDS, 100.0));

    assertThat(usage.perStreamHour().of(Quantity.CPU_SECONDS)).isEqualTo(300);
  }

  @Test
  void perStreamHour_noStream_isRefused() {
    assertThatThrownBy(() -> Usage.of(Quantity.CPU_SECONDS, 1).perStreamHour())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void amounts_negativeOrNotANumber_areRefused() {
    assertThatThrownBy(() -> Usage.of(Quantity.MESSAGES, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Meter().add(Quantity.MESSAGES, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
