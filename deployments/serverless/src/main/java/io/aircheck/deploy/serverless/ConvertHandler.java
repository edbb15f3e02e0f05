package io.aircheck.deploy.serverless;

import com.amazonaws.services.lambda.runtime.Context;
import io.aircheck.core.media.MediaException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Converts a segment of an input into objects of the bucket. See {@link Functions#convert}. */
public final class ConvertHandler extends FunctionHandler {
  /** Kept for the longest wait for data and for writing what there is when time is up. */
  private static final Duration RESERVE = Duration.ofSeconds(20);

  /** As AWS Lambda makes it. */
  public ConvertHandler() {
    this(System.getenv());
  }

  ConvertHandler(Map<String, String> environment) {
    super(environment);
  }

  @Override
  byte[] call(Functions ready, byte[] json, Context context)
      throws MediaException, IOException, CallFailedException {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
    return ready.convert(json, left.minus(RESERVE));
  }
}
