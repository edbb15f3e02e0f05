package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BillTest {
  private static final Prices PRICES = Prices.shipped();

  /** A second of stream with three transitions, a picture written, and read by eight detectors. */
  private static final Usage STORY =
      new Usage(
          Map.of(
              Quantity.STREAM_SECONDS, 1.0,
              Quantity.STATE_TRANSITIONS, 3.0,
              Quantity.OBJECT_WRITES, 1.0,
              Quantity.OBJECT_READS, 8.0));

  @Test
  void of_aSecondAsTheStoryHadIt_costsAsMuchAsByHand() {
    Bill bill = Bill.of(STORY, PRICES);

    // Per hour: 10,800 transitions, 3,600 writes, 28,800 reads.
    assertThat(bill.total()).isCloseTo(0.27 + 0.018 + 0.01152, within(1e-9));
    assertThat(bill.items())
        .extracting(Bill.Item::quantity)
        .containsExactly(Quantity.STATE_TRANSITIONS, Quantity.OBJECT_WRITES, Quantity.OBJECT_READS);
    assertThat(bill.items().getFirst().share()).isCloseTo(0.27 / 0.29952, within(1e-9));
  }

  @Test
  void of_threeTransitionsASecond_areLimitedToFiveHundredStreams() {
    Bill.Limit limit = Bill.of(STORY, PRICES).limit().orElseThrow();

    assertThat(limit.quota().quantity()).isEqualTo(Quantity.STATE_TRANSITIONS);
    assertThat(limit.streams()).isCloseTo(500, within(1e-9));
  }

  @Test
  void of_aProcess_paysForIdleCoresToo() {
    Bill bill =
        Bill.of(
            new Usage(Map.of(Quantity.STREAM_SECONDS, 3_600.0, Quantity.CPU_SECONDS, 360.0)),
            PRICES);

    assertThat(bill.total()).isCloseTo(0.1 * 0.04048 / 0.6, within(1e-9));
    assertThat(bill.limit()).isEmpty();
  }

  @Test
  void of_whatIsFree_isTold() {
    Bill bill =
        Bill.of(
            new Usage(Map.of(Quantity.STREAM_SECONDS, 3_600.0, Quantity.OBJECT_BYTES_READ, 1e9)),
            PRICES);

    assertThat(bill.total()).isZero();
    assertThat(bill.items()).containsExactly(new Bill.Item(Quantity.OBJECT_BYTES_READ, 1e9, 0, 0));
  }
}
