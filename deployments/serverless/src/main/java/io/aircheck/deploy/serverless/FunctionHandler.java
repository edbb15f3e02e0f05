package io.aircheck.deploy.serverless;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * A function as AWS Lambda runs it. All that takes long is made in the constructor, so that
 * SnapStart can keep it; connections are made by calls. A failure is thrown as a {@link
 * FunctionException}, whose class a state machine knows, and logged in one line.
 *
 * <p>One call at a time, as Lambda has it.
 */
public abstract sealed class FunctionHandler implements RequestStreamHandler
    permits PlanHandler, ConvertHandler, DetectHandler, FoldHandler {
  private final Meter meter = new Meter();
  private final Optional<Functions> functions;
  private final String problem;

  FunctionHandler(Map<String, String> environment) {
    Optional<Functions> made = Optional.empty();
    String why = "";
    try {
      made =
          Optional.of(new FunctionEnvironment(environment).functions(Parts.installed(), meter));
    } catch (IllegalArgumentException e) {
      // Told by each call: a process that fails to start is only said to have failed.
      why = String.valueOf(e.getMessage());
    }
    this.functions = made;
    this.problem = why;
  }

  /** The function. */
  abstract byte[] call(Functions ready, byte[] json, Context context)
      throws MediaException, IOException, CallFailedException;

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Usage before = meter.usage();
    try {
      Functions ready = functions.orElseThrow(() -> new IllegalArgumentException(problem));
      output.write(call(ready, input.readAllBytes(), context));
    } catch (MediaException | IOException | CallFailedException | RuntimeException e) {
      FunctionException failure = FunctionException.of(e);
      context
          .getLogger()
          .log(failure.getClass().getSimpleName() + ": " + failure.getMessage() + "\n");
      throw failure;
    } finally {
      context.getLogger().log("used " + meter.usage().since(before).amounts() + "\n");
    }
  }
}
