package io.aircheck.app.serve.streams;

/** A change of streams that does not go with what is there. The message is for users. */
public final class StreamConflictException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** There is a stream of that id. */
    EXISTS,
    /** Somebody else changed it meanwhile. */
    CHANGED,
    /** It is declared in the configuration file. */
    DECLARED_IN_FILE,
    /** There is no such stream. */
    UNKNOWN,
    /** There is no room for it, and its policy has it refused then. */
    FULL
  }

  StreamConflictException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
