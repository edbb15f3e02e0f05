package io.aircheck.app.cost;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.Map;

/**
 * What a stream that is being watched costs, by what it uses now.
 *
 * @param cores that it keeps busy
 * @param memoryGb memory that falls to it, GB
 * @param perHour what that costs in an hour, with what is idle beside it
 * @param currency of the cost
 * @param pricesOf when the prices were looked up
 */
public record RunningCost(
    double cores, double memoryGb, double perHour, String currency, String pricesOf) {
  private static final double SECONDS_PER_HOUR = 3_600;

  /** By these prices. */
  public static RunningCost of(double cores, double memoryGb, Prices prices) {
    Usage hourly =
        new Usage(
            Map.of(
                Quantity.STREAM_SECONDS, SECONDS_PER_HOUR,
                Quantity.CPU_SECONDS, cores * SECONDS_PER_HOUR,
                Quantity.MEMORY_GB_SECONDS, memoryGb * SECONDS_PER_HOUR));
    return new RunningCost(
        cores, memoryGb, Bill.of(hourly, prices).total(), prices.currency(), prices.date());
  }
}
