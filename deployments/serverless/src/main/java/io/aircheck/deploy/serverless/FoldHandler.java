package io.aircheck.deploy.serverless;

import com.amazonaws.services.lambda.runtime.Context;
import io.aircheck.core.media.MediaException;
import java.io.IOException;
import java.util.Map;

/** Folds a segment, and tells of what has happened to incidents. See {@link Functions#fold}. */
public final class FoldHandler extends FunctionHandler {

  /** As AWS Lambda makes it. */
  public FoldHandler() {
    this(System.getenv());
  }

  FoldHandler(Map<String, String> environment) {
    super(environment);
  }

  @Override
  byte[] call(Functions ready, byte[] json, Context context)
      throws MediaException, IOException, CallFailedException {
    return ready.fold(json);
  }
}
