package io.aircheck.deploy.serverless;

/** A call that could not do all that it should. The message is one line. */
final class CallFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  enum Reason {
    /** A detector failed on what it was shown; it is as it was before. */
    DETECTOR_FAILED,
    /** Segments of a stream were to be folded out of order. */
    OUT_OF_ORDER,
    /** Everything is done, but somebody could not be told of it for now. */
    UNTOLD
  }

  CallFailedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
