package io.aircheck.notify.export;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.notify.Notifier.Delivery;
import java.util.List;

/**
 * A system that meters what it has taken: calls one by one, records of a log each for itself.
 * Attempts that failed are not billed.
 *
 * @param <T> what it takes
 */
public final class MeteredTarget<T> implements ExportTarget<T> {
  private final ExportTarget<T> target;
  private final Quantity quantity;
  private final Meter meter;

  /**
   * @param target closed with this one
   * @param quantity what a batch counts as: {@link Quantity#LOG_RECORDS} once for each of its parts
   *     that was taken, others once
   */
  public MeteredTarget(ExportTarget<T> target, Quantity quantity, Meter meter) {
    this.target = target;
    this.quantity = quantity;
    this.meter = meter;
  }

  @Override
  public Receipt send(List<T> batch) {
    Receipt receipt = target.send(batch);
    if (receipt.delivery() instanceof Delivery.Delivered) {
      boolean each = quantity == Quantity.LOG_RECORDS;
      meter.add(quantity, each ? batch.size() - receipt.refused() : 1);
    }
    return receipt;
  }

  @Override
  public void close() {
    target.close();
  }
}
