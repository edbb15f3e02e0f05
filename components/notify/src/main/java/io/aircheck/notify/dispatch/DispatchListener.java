package io.aircheck.notify.dispatch;

import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.StoreException;

/** Hears what the dispatcher does; called on its threads, must be quick and must not throw. */
public interface DispatchListener {

  /**
   * An attempt was made and is recorded in the store.
   *
   * @param entry as it is now: delivered, dead, or pending until its next attempt
   * @param recordsAnswer whether the answer belongs on the incident, see {@link
   *     io.aircheck.core.notify.Notifier#recordsAnswer}
   */
  void attempted(Outbox.Entry entry, boolean recordsAnswer);

  /** The store failed; the dispatcher goes on trying, and delivers nothing twice meanwhile. */
  void storeFailed(StoreException failure);
}
