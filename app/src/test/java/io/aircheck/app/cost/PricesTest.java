package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                    Quantity.OBJECT_BYTES_READ,
                    Quantity.OBJECT_BYTES_WRITTEN)));
    assertThat(prices.prices().values())
        .allSatisfy(price -> assertThat(price.source()).startsWith("https://"));
    assertThat(prices.quotas())
        .allSatisfy(quota -> assertThat(quota.source()).startsWith("https://"));
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
    assertThat(prices.cost(Quantity.CPU_SECONDS, 100)).isEqualTo(1);
    assertThat(prices.cost(Quantity.OBJECT_READS, 100)).isZero();
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
      })
  void read_whatIsWrong_isSaidWithItsPlace(String text, String words) throws IOException {
    Path file = file(text);

    assertThatThrownBy(() -> Prices.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(words);
  }
}
