package io.aircheck.core.task;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are used again, since new ones cost more than what is done with them: one for each
 * processor, as many as can be at work at once. Without a lock, since a thread that loses its
 * processor while it has one holds up all of the thousands that want it. Thread-safe.
 *
 * @param <T> what is used again, by who has taken it alone
 */
public final class Spares<T> {
  private final AtomicReferenceArray<@Nullable T> places =
      new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors());

  /** Takes one, to be {@linkplain #giveBack given back}; null: there is none. */
  public @Nullable T take() {
    for (int i = 0; i < places.length(); i++) {
      T spare = places.getAndSet(i, null);
      if (spare != null) {
        return spare;
      }
    }
    return null;
  }

  /** Gives one back, or the first time; when there are enough it is forgotten. */
  public void giveBack(T spare) {
    for (int i = 0; i < places.length(); i++) {
      if (places.compareAndSet(i, null, spare)) {
        return;
      }
    }
  }
}
