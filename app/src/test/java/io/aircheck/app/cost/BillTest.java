package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
    assertThat(bill.place()).isEmpty();
    assertThat(bill.limit().orElseThrow().streams()).isCloseTo(6 * 0.6 / 0.1, within(1e-9));
  }

  @Test
  void of_whatIsFree_isTold() {
    Bill bill =
        Bill.of(
            new Usage(Map.of(Quantity.STREAM_SECONDS, 3_600.0, Quantity.OBJECT_BYTES_READ, 1e9)),
            PRICES);

    assertThat(bill.total()).isZero();
    assertThat(bill.items())
        .containsExactly(new Bill.Item(Quantity.OBJECT_BYTES_READ, 1e9, 1e9, 0, 0));
  }

  /** Streams that each keep 0.2 cores busy and hold 50 MB, besides 200 MB, watched for 20 s. */
  private static MeasuredDeployment process() {
    return new MeasuredDeployment(
        "inprocess", "one process", List.of(metered(1, 0.25), metered(4, 0.4)), 0);
  }

  private static Metered metered(int streams, double gigabytes) {
    return new Metered(
        streams,
        new Usage(
            Map.of(
                Quantity.STREAM_SECONDS, 20.0 * streams,
                Quantity.CPU_SECONDS, 4.0 * streams,
                Quantity.MEMORY_GB_SECONDS, 20 * gigabytes)),
        20);
  }

  @Test
  void of_processes_paysForTheirShareOfAMachineUsedOrNot() {
    Bill bill = Bill.of(process(), PRICES);

    // 4 cores used to 60 % hold 12 streams of 0.2 cores; 8 GB used to 60 % hold 92.
    assertThat(bill.place()).contains(new Bill.Place(PRICES.machines().getFirst(), 12));
    assertThat(bill.total()).isCloseTo((4 * 0.04048 + 8 * 0.004445) / 12, within(1e-12));
    Bill.Item cpu = bill.items().getFirst();
    assertThat(cpu.quantity()).isEqualTo(Quantity.CPU_SECONDS);
    assertThat(cpu.used()).isCloseTo(720, within(1e-9));
    assertThat(cpu.paid()).isCloseTo(1_200, within(1e-9));
    Bill.Item memory = bill.items().getLast();
    assertThat(memory.used()).isCloseTo((0.2 / 12 + 0.05) * 3_600, within(1e-9));
    assertThat(memory.paid()).isCloseTo(8.0 * 3_600 / 12, within(1e-9));
    // 6 vCPUs of an account, a third of one for each stream.
    assertThat(bill.limit().orElseThrow().streams()).isCloseTo(18, within(1e-9));
  }

  @Test
  void on_aMachineWithAPriceOfItsOwn_costsThatAndHasNoQuotaOfCores() {
    Machine machine = new Machine("own", 8, 4, OptionalDouble.of(0.12), "");

    Bill bill = Bill.on(machine, process(), process().load().orElseThrow(), PRICES).orElseThrow();

    // 24 streams by cores, 44 by memory.
    assertThat(bill.place().orElseThrow().streams()).isEqualTo(24);
    assertThat(bill.total()).isCloseTo(0.12 / 24, within(1e-12));
    assertThat(bill.limit()).isEmpty();
  }

  @Test
  void of_aStreamThatNoMachineHolds_saysSo() {
    Usage hungry =
        new Usage(
            Map.of(
                Quantity.STREAM_SECONDS, 20.0,
                Quantity.CPU_SECONDS, 400.0,
                Quantity.MEMORY_GB_SECONDS, 1.0));

    MeasuredDeployment deployment =
        new MeasuredDeployment("d", "", List.of(new Metered(1, hungry, 20)), 0);

    assertThatThrownBy(() -> Bill.of(deployment, PRICES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 20.0 cores");
  }
}
