package io.aircheck.app.serve;

import io.aircheck.app.serve.incidents.DeliveryRecord;
import io.aircheck.app.serve.incidents.Retention;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.store.Outbox;
import io.aircheck.notify.dispatch.DispatchPolicy;
import io.aircheck.notify.dispatch.Dispatcher;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one process does for the whole service: it delivers notifications, and forgets what is old.
 * The copies of a service take turns; a service of one process has these duties always.
 * Thread-safe.
 */
public final class Duties implements AutoCloseable {
  private final Outbox outbox;
  private final Function<String, Optional<Notifier>> channels;
  private final DeliveryRecord deliveries;
  private final BooleanSupplier certain;
  private final Retention retention;

  /** Null: another process has the duties. */
  private @Nullable Dispatcher dispatcher;

  /**
   * @param channels channels by name
   * @param deliveries told of each attempt
   * @param certain whether the duties are this process's for certain, if they are: while they may
   *     be another's, nothing is delivered
   */
  Duties(
      Outbox outbox,
      Function<String, Optional<Notifier>> channels,
      DeliveryRecord deliveries,
      BooleanSupplier certain,
      Retention retention) {
    this.outbox = outbox;
    this.channels = channels;
    this.deliveries = deliveries;
    this.certain = certain;
    this.retention = retention;
  }

  /** They are this process's from now on. */
  synchronized void begin() {
    if (dispatcher == null) {
      dispatcher = new Dispatcher(outbox, channels, DispatchPolicy.DEFAULT, deliveries, certain);
      dispatcher.start();
    }
  }

  /** They are another process's from now on; waits for what is being delivered. */
  void end() {
    Dispatcher ended;
    synchronized (this) {
      ended = dispatcher;
      dispatcher = null;
    }
    if (ended != null) {
      ended.close();
    }
  }

  /** Whether they are this process's. */
  synchronized boolean isOnDuty() {
    return dispatcher != null;
  }

  /** There is something to deliver that was not a moment ago. */
  public synchronized void wake() {
    if (dispatcher != null) {
      dispatcher.wake();
    }
  }

  /** Notifications that came to an end in this process, by how. */
  public Map<Outbox.Status, Long> notificationCounts() {
    return deliveries.counts();
  }

  /**
   * Forgets closed incidents last seen before a time.
   *
   * @throws IOException when evidence cannot be removed
   */
  void forgetBefore(long millis) throws IOException {
    if (isOnDuty()) {
      retention.forgetBefore(millis);
    }
  }

  @Override
  public void close() {
    end();
  }
}
