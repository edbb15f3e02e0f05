package io.aircheck.deploy.serverless;

/** It may well work when it is tried again: too many requests, a connection that broke. */
public final class PassingException extends FunctionException {
  private static final long serialVersionUID = 1L;

  PassingException(Throwable cause) {
    super(cause);
  }
}
