package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aircheck.core.media.MediaException;
import java.io.UncheckedIOException;

/**
 * Why a function failed, in the terms in which a state machine decides what to do: it knows the
 * name of the class. The message is one line: what, where, what to do, without secrets.
 */
public abstract sealed class FunctionException extends RuntimeException
    permits PassingException, SetupException, InputException, SegmentException {
  private static final long serialVersionUID = 1L;

  FunctionException(Throwable cause) {
    super(cause.getMessage(), cause);
  }

  /** The failure of a call in these terms. */
  static FunctionException of(Exception failure) {
    return switch (failure) {
      case FunctionException known -> known;
      case ObjectStoreException store -> of(store);
      case MediaException media ->
          switch (media.reason()) {
            case TIMEOUT, DISCONNECTED -> new PassingException(media);
            default -> new InputException(media);
          };
      case CallFailedException call ->
          call.reason() == CallFailedException.Reason.UNTOLD
              ? new PassingException(call)
              : new SegmentException(call);
      case IllegalArgumentException wrong -> new SetupException(wrong);
      case UncheckedIOException unchecked when unchecked.getCause() instanceof Exception cause ->
          of(cause);
      // An object of the bucket is not what it should be.
      case JsonProcessingException json -> new SegmentException(json);
      default -> new SegmentException(failure);
    };
  }

  private static FunctionException of(ObjectStoreException failure) {
    if (failure.reason().passes()) {
      return new PassingException(failure);
    }
    return failure.reason() == ObjectStoreException.Reason.MISSING
        ? new SegmentException(failure)
        : new SetupException(failure);
  }
}
