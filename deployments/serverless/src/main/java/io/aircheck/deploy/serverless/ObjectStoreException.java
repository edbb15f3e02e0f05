package io.aircheck.deploy.serverless;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An object that cannot be read or written. The message is one line: what, where, what to do. */
public final class ObjectStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why; decides whether trying again can help. */
  public enum Reason {
    /** No object of this name. */
    MISSING(false),
    /** No bucket of this name. */
    NO_BUCKET(false),
    /** No credentials, or they do not allow it. */
    DENIED(false),
    /** Somebody else has written the object meanwhile. */
    CONFLICT(true),
    /** Too many requests. */
    THROTTLED(true),
    /** The store did not answer, or with a failure of its own. */
    UNAVAILABLE(true);

    private final boolean passes;

    Reason(boolean passes) {
      this.passes = passes;
    }

    /** Whether it may go away by itself. */
    public boolean passes() {
      return passes;
    }
  }

  ObjectStoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
