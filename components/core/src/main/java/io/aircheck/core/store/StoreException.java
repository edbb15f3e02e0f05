package io.aircheck.core.store;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot do its work: disk full, file locked by another process, database away. The
 * message is one line: what, where and what to do, without secrets. What was asked for has not
 * happened.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean mayHeal;

  /**
   * @param mayHeal whether trying again later can help
   */
  public StoreException(String message, boolean mayHeal, @Nullable Throwable cause) {
    super(message, cause);
    this.mayHeal = mayHeal;
  }

  /** Whether trying again later can help: a full disk, a database that is away. */
  public boolean mayHeal() {
    return mayHeal;
  }
}
