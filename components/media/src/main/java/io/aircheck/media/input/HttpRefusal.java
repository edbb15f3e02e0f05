package io.aircheck.media.input;

import io.aircheck.core.media.MediaException.Reason;
import java.io.IOException;

/** A request that was not sent, or a redirect that was not followed. */
public final class HttpRefusal extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int status;

  /**
   * @param status of the answer that led here; 0: there was none
   * @param message a few words without the address
   */
  HttpRefusal(Reason reason, int status, String message) {
    super(message);
    this.reason = reason;
    this.status = status;
  }

  /** What sort of failure it is. */
  public Reason reason() {
    return reason;
  }

  /** Status of the answer that led here; 0: there was none. */
  public int status() {
    return status;
  }

  /** What is wrong, in a few words. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
