package io.aircheck.deploy.serverless;

/** Somebody has to do something first: no credentials, no bucket, no such detector. */
public final class SetupException extends FunctionException {
  private static final long serialVersionUID = 1L;

  SetupException(Throwable cause) {
    super(cause);
  }
}
