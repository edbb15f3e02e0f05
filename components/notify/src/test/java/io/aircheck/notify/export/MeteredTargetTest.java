package io.aircheck.notify.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.notify.Notifier.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeteredTargetTest {
  private final Meter meter = new Meter();

  private double metered(Quantity quantity, Receipt receipt) {
    try (MeteredTarget<String> target = new MeteredTarget<>(answering(receipt), quantity, meter)) {
      assertThat(target.send(List.of("a", "b", "c"))).isEqualTo(receipt);
    }
    return meter.usage().of(quantity);
  }

  private static ExportTarget<String> answering(Receipt receipt) {
    return new ExportTarget<>() {
      @Override
      public Receipt send(List<String> batch) {
        return receipt;
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void recordsOfALog_areMeteredOneByOne_withoutThoseThatWereRefused() {
    assertThat(metered(Quantity.LOG_RECORDS, new Receipt(new Delivery.Delivered("ok"), 1)))
        .isEqualTo(2);
  }

  @Test
  void batchOfACall_isMeteredOnce() {
    assertThat(metered(Quantity.WEB_CALLS, new Receipt(new Delivery.Delivered("ok"), 1)))
        .isEqualTo(1);
  }

  @Test
  void whatFailed_isNotMetered() {
    assertThat(
            metered(
                Quantity.WEB_CALLS,
                new Receipt(
                    new Delivery.RetryAfter("busy", Optional.of(Duration.ofSeconds(1))), 0)))
        .isZero();
    assertThat(metered(Quantity.WEB_CALLS, new Receipt(new Delivery.Rejected("no"), 0))).isZero();
  }
}
