package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.app.UsageException;
import io.aircheck.core.meter.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("prices.yaml"), text);
  }

  @Test
  void shipped_hasAPriceWithASourceForAllThatIsCharged() {
    Prices prices = Prices.shipped();

    assertThat(prices.prices().keySet())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(
                EnumSet.of(
                    Quantity.STREAM_SECONDS,
                    Quantity.FUNCTION_SECONDS,
                    Quantity.FRAME_BYTES,
                    Quantity.OBJECT_BYTES_READ,
                    Quantity.OBJECT_BYTES_WRITTEN,
                    Quantity.LOG_RECORDS,
                    Quantity.MAILS,
                    Quantity.WEB_CALLS)));
    assertThat(prices.prices().values())
        .allSatisfy(price -> assertThat(price.source()).startsWith("https://"));
    assertThat(prices.quotas())
        .allSatisfy(quota -> assertThat(quota.source()).startsWith("https://"));
    assertThat(prices.machines())
        .allSatisfy(machine -> assertThat(machine.source()).startsWith("https://"));
    assertThat(prices.date()).isEqualTo("2026-11-22");
  }

  @Test
  void read_ownPrices_areTakenInstead() throws IOException {
    Prices prices =
        Prices.read(
            file(
                """
                date: 2027-01-01
                currency: EUR
                prices: {cpuSeconds: {price: 36, per: 3600}}
                """));

    assertThat(prices.currency()).isEqualTo("EUR");
    assertThat(prices.unitPrice(Quantity.CPU_SECONDS)).isEqualTo(0.01);
    assertThat(prices.unitPrice(Quantity.OBJECT_READS)).isZero();
    assertThat(prices.machines()).containsExactly(Machine.USUAL);
  }

  @Test
  void perHour_ofAMachineBoughtByParts_isTheirSum() {
    Prices prices = Prices.shipped();

    assertThat(prices.perHour(Machine.USUAL)).isCloseTo(4 * 0.04048 + 8 * 0.004445, within(1e-12));
    assertThat(prices.rebate(Machine.USUAL)).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'date: a\nprices: {cpuSecond: {price: 1}}' |"
            + " 'unknown quantity cpuSecond; did you mean cpuSeconds?'",
        "'date: a\nprices: {cpuSeconds: {price: -1}}' | 'needs a price of 0 or more'",
        "'date: a\nutilisation: 0' | 'utilisation must be more than 0 and at most 1'",
        "'region: a' | 'needs the date on which the prices were looked up'",
        "'date: a\nprices: {cpuSeconds: {price: 1, cost: 1}}' | 'unknown setting cost'",
        "'date: a\nmachines: [{name: m, vCpus: 1, memoryGb: 1, vCpu: 1}]' |"
            + " 'unknown setting vCpu; did you mean vCpus?'",
        "'date: a\nmachines: [{name: m, vCpus: 0, memoryGb: 1}]' | 'of more than 0'",
      })
  void read_whatIsWrong_isSaidWithItsPlace(String text, String words) throws IOException {
    Path file = file(text);

    assertThatThrownBy(() -> Prices.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(words);
  }
}
