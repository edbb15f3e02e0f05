package io.aircheck.media.resource;

import io.aircheck.core.media.MediaException;

/**
 * A playlist, key or segment that cannot be had. The message says why in a few words, without the
 * address.
 */
public final class ResourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final MediaException.Reason reason;
  private final int status;
  private final String advice;

  public ResourceException(MediaException.Reason reason, int status, String message) {
    this(reason, status, message, advice(reason));
  }

  public ResourceException(
      MediaException.Reason reason, int status, String message, String advice) {
    super(message);
    this.advice = advice;
    this.reason = reason;
    this.status = status;
  }

  private static String advice(MediaException.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> "check the address";
      case TIMEOUT, DISCONNECTED -> "check the server and the network";
      case DENIED -> "check credentials and permissions";
      default -> "check the stream";
    };
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }

  public MediaException.Reason reason() {
    return reason;
  }

  /** HTTP status, 404 for a file that is not there, or 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** Whether the server says that there is no such thing, rather than failing to deliver it. */
  public boolean absent() {
    return status == 404 || status == 410;
  }
}
