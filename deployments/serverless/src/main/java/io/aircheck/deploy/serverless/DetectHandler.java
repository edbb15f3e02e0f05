package io.aircheck.deploy.serverless;

import com.amazonaws.services.lambda.runtime.Context;
import io.aircheck.core.media.MediaException;
import java.io.IOException;
import java.util.Map;

/** Looks at a segment with one detector. See {@link Functions#detect}. */
public final class DetectHandler extends FunctionHandler {

  /** As AWS Lambda makes it. */
  public DetectHandler() {
    this(System.getenv());
  }

  DetectHandler(Map<String, String> environment) {
    super(environment);
  }

  @Override
  byte[] call(Functions ready, byte[] json, Context context)
      throws MediaException, IOException, CallFailedException {
    return ready.detect(json);
  }
}
