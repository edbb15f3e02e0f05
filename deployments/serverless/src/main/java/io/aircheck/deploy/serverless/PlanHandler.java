package io.aircheck.deploy.serverless;

import com.amazonaws.services.lambda.runtime.Context;
import io.aircheck.core.media.MediaException;
import java.io.IOException;
import java.util.Map;

/** Plans a watch. See {@link Functions#plan}. */
public final class PlanHandler extends FunctionHandler {

  /** As AWS Lambda makes it. */
  public PlanHandler() {
    this(System.getenv());
  }

  PlanHandler(Map<String, String> environment) {
    super(environment);
  }

  @Override
  byte[] call(Functions ready, byte[] json, Context context)
      throws MediaException, IOException, CallFailedException {
    return ready.plan(json);
  }
}
