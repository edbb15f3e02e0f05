package io.aircheck.deploy.serverless;

/** The input cannot be opened or decoded. */
public final class InputException extends FunctionException {
  private static final long serialVersionUID = 1L;

  InputException(Throwable cause) {
    super(cause);
  }
}
