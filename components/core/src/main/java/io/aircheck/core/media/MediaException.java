package io.aircheck.core.media;

/**
 * An input that cannot be opened or read on. The message is one line for the person at the command
 * line: what, where and what to do, with secrets removed.
 */
public final class MediaException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why the input failed; decides whether trying again can help. */
  public enum Reason {
    /** No such file, host or path; refused. */
    NOT_FOUND(true),
    /** A read or connect took longer than the time-out. */
    TIMEOUT(true),
    /** The connection broke. */
    DISCONNECTED(true),
    /** The bytes are not media that can be decoded. */
    INVALID_DATA(false),
    /** A codec, container or protocol that is not supported. */
    UNSUPPORTED(false),
    /** A key or credential is missing or wrong. */
    DENIED(false),
    /** The input wants more memory or size than the limits allow. */
    LIMIT_EXCEEDED(false);

    private final boolean transientFailure;

    Reason(boolean transientFailure) {
      this.transientFailure = transientFailure;
    }

    /** Whether a live input may come back by itself. */
    public boolean isTransient() {
      return transientFailure;
    }
  }

  public MediaException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public MediaException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
