package io.aircheck.app.cost;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.UsageException;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.config.YamlDocument;
import io.aircheck.core.meter.Quantity;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is charged for what is used, and how much may be used. Immutable.
 *
 * @param date when the prices were looked up, as text
 * @param region where they hold
 * @param currency of all prices, such as {@code USD}
 * @param utilisation part of the cores and the memory paid for that is used, in (0, 1]
 * @param prices by quantity; what has none is free
 * @param machines what processes can run on, one at least; bills are made for the first
 * @param quotas what an account may use
 */
public record Prices(
    String date,
    String region,
    String currency,
    double utilisation,
    Map<Quantity, Price> prices,
    List<Machine> machines,
    List<Quota> quotas) {
  private static final double SECONDS_PER_HOUR = 3_600;

  public Prices {
    prices = Map.copyOf(prices);
    machines = List.copyOf(machines);
    quotas = List.copyOf(quotas);
  }

  /**
   * A price.
   *
   * @param price for {@code per} units, in the currency; not negative
   * @param per units that it is for, more than 0
   * @param what the product as its vendor calls it
   * @param source address of the price list
   */
  public record Price(double price, double per, String what, String source) {

    @JsonCreator
    static Price of(
        @JsonProperty("price") @Nullable Double price,
        @JsonProperty("per") @Nullable Double per,
        @JsonProperty("what") @Nullable String what,
        @JsonProperty("source") @Nullable String source) {
      if (price == null || !(price >= 0)) {
        throw new IllegalArgumentException("needs a price of 0 or more");
      }
      if (per != null && !(per > 0)) {
        throw new IllegalArgumentException("per must be more than 0");
      }
      return new Price(
          price,
          per == null ? 1 : per,
          Objects.requireNonNullElse(what, ""),
          Objects.requireNonNullElse(source, ""));
    }
  }

  /**
   * A limit on what an account may use.
   *
   * @param name for people
   * @param quantity what is limited
   * @param perSecond so much of it in a second, in its unit
   * @param machines what the names of machines begin with that it is for; empty: it is for all
   * @param source address of the documentation
   */
  public record Quota(
      String name, Quantity quantity, double perSecond, String machines, String source) {

    /** Whether it limits what runs on a machine. */
    boolean isFor(Machine machine) {
      return machine.name().startsWith(machines);
    }

    @JsonCreator
    static Quota of(
        @JsonProperty("name") @Nullable String name,
        @JsonProperty("quantity") @Nullable String quantity,
        @JsonProperty("perSecond") @Nullable Double perSecond,
        @JsonProperty("machines") @Nullable String machines,
        @JsonProperty("source") @Nullable String source) {
      if (quantity == null || perSecond == null || !(perSecond > 0)) {
        throw new IllegalArgumentException("needs a quantity, and perSecond of more than 0");
      }
      return new Quota(
          name == null ? quantity : name,
          QuantityNames.parse(quantity),
          perSecond,
          Objects.requireNonNullElse(machines, ""),
          Objects.requireNonNullElse(source, ""));
    }
  }

  @JsonCreator
  static Prices of(
      @JsonProperty("date") @Nullable String date,
      @JsonProperty("region") @Nullable String region,
      @JsonProperty("currency") @Nullable String currency,
      @JsonProperty("utilisation") @Nullable Double utilisation,
      @JsonProperty("prices") @Nullable Map<String, Price> prices,
      @JsonProperty("machines") @Nullable List<Machine> machines,
      @JsonProperty("quotas") @Nullable List<Quota> quotas) {
    if (date == null) {
      throw new IllegalArgumentException("needs the date on which the prices were looked up");
    }
    if (utilisation != null && !(utilisation > 0 && utilisation <= 1)) {
      throw new IllegalArgumentException("utilisation must be more than 0 and at most 1");
    }
    Map<Quantity, Price> byQuantity = new EnumMap<>(Quantity.class);
    if (prices != null) {
      prices.forEach((name, price) -> byQuantity.put(QuantityNames.parse(name), price));
    }
    return new Prices(
        date,
        Objects.requireNonNullElse(region, ""),
        Objects.requireNonNullElse(currency, "USD"),
        utilisation == null ? 1 : utilisation,
        byQuantity,
        machines == null || machines.isEmpty() ? List.of(Machine.USUAL) : machines,
        quotas == null ? List.of() : quotas);
  }

  /** Those that are shipped. */
  public static Prices shipped() {
    return of(YamlDocument.shipped(Prices.class, "prices.yaml"));
  }

  /**
   * Those of a file.
   *
   * @throws UsageException naming file, line and what to do
   */
  public static Prices read(Path file) {
    return of(YamlDocument.read(file));
  }

  private static Prices of(YamlDocument document) {
    try {
      return SettingsReader.read(document.tree(), Prices.class);
    } catch (SettingsException e) {
      throw document.usage(e);
    }
  }

  /** What one unit of a quantity costs, in the currency; 0: it is free. */
  public double unitPrice(Quantity quantity) {
    Price price = prices.get(quantity);
    return price == null ? 0 : price.price() / price.per();
  }

  /** What a machine costs in an hour, in the currency. */
  public double perHour(Machine machine) {
    return machine.perHour().orElseGet(() -> byParts(machine));
  }

  /**
   * What a machine costs as a part of what its cores and its memory would cost one by one. 1 where
   * they are bought like that.
   */
  double rebate(Machine machine) {
    double parts = byParts(machine);
    return parts == 0 ? 1 : perHour(machine) / parts;
  }

  private double byParts(Machine machine) {
    return SECONDS_PER_HOUR
        * (machine.vCpus() * unitPrice(Quantity.CPU_SECONDS)
            + machine.memoryGb() * unitPrice(Quantity.MEMORY_GB_SECONDS));
  }
}
