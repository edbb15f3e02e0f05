package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aircheck.core.media.MediaException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Why a function failed, in the terms in which a state machine decides what to do: it knows the
 * name of the class. The message is one line: what, where, what to do, without secrets.
 */
public abstract sealed class FunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private FunctionException(Throwable cause) {
    super(cause.getMessage(), cause);
  }

  /** It may well work when it is tried again: too many requests, a connection that broke. */
  public static final class Passing extends FunctionException {
    private static final long serialVersionUID = 1L;

    Passing(Throwable cause) {
      super(cause);
    }
  }

  /** Somebody has to do something first: no credentials, no bucket, no such detector. */
  public static final class Setup extends FunctionException {
    private static final long serialVersionUID = 1L;

    Setup(Throwable cause) {
      super(cause);
    }
  }

  /** The input cannot be opened or decoded. */
  public static final class Input extends FunctionException {
    private static final long serialVersionUID = 1L;

    Input(Throwable cause) {
      super(cause);
    }
  }

  /** This segment cannot be worked on, and will not be however often it is tried; others may. */
  public static final class Segment extends FunctionException {
    private static final long serialVersionUID = 1L;

    Segment(Throwable cause) {
      super(cause);
    }
  }

  /** The failure of a call in these terms. */
  static FunctionException of(Exception failure) {
    return switch (failure) {
      case FunctionException known -> known;
      case ObjectStoreException store -> of(store);
      case MediaException media ->
          switch (media.reason()) {
            case TIMEOUT, DISCONNECTED -> new Passing(media);
            default -> new Input(media);
          };
      case CallFailedException call ->
          call.reason() == CallFailedException.Reason.UNTOLD
              ? new Passing(call)
              : new Segment(call);
      case IllegalArgumentException wrong -> new Setup(wrong);
      case UncheckedIOException unchecked -> of(unchecked.getCause());
      // An object of the bucket is not what it should be.
      case JsonProcessingException json -> new Segment(json);
      default -> new Segment(failure);
    };
  }

  private static FunctionException of(ObjectStoreException failure) {
    if (failure.reason().passes()) {
      return new Passing(failure);
    }
    return failure.reason() == ObjectStoreException.Reason.MISSING
        ? new Segment(failure)
        : new Setup(failure);
  }

  static FunctionException of(IOException failure) {
    return of((Exception) failure);
  }
}
