package io.aircheck.notify.export;

import java.util.List;

/**
 * A system that takes data batch by batch. Used by one thread at a time, which it may block for as
 * long as its time-out.
 *
 * @param <T> what it takes
 */
public interface ExportTarget<T> extends AutoCloseable {

  /**
   * Hands a batch over. Never throws for a system that fails: that is an answer. After anything but
   * a delivery some of the batch may have arrived.
   */
  Receipt send(List<T> batch);

  /** Lets go of connections. */
  @Override
  void close();
}
