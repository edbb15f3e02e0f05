package io.aircheck.deploy.serverless;

/** This segment cannot be worked on, and will not be however often it is tried; others may. */
public final class SegmentException extends FunctionException {
  private static final long serialVersionUID = 1L;

  SegmentException(Throwable cause) {
    super(cause);
  }
}
