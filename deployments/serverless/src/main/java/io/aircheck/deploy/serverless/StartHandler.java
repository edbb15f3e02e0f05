package io.aircheck.deploy.serverless;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Asks a running service to watch a stream: how events of a serverless estate reach what runs all
 * the time. It is called with the declaration of a stream as {@code POST /v1/streams} takes it, or
 * with an event that has one as its {@code detail}. A call that is repeated asks once.
 */
public final class StartHandler implements RequestStreamHandler {
  static final String SERVICE = "AIRCHECK_SERVICE_URL";
  static final String TOKEN = "AIRCHECK_TOKEN";

  private static final Pattern SENDABLE = Pattern.compile("[!-~]+");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final FunctionEnvironment environment;

  /** As AWS Lambda makes it. */
  public StartHandler() {
    this(System.getenv());
  }

  StartHandler(Map<String, String> environment) {
    this.environment = new FunctionEnvironment(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      HttpResponse<String> answer =
          ask(declaration(input.readAllBytes()), context.getAwsRequestId());
      output.write(SegmentJson.write(started(answer)));
    } catch (IOException | RuntimeException e) {
      FunctionException failure = failure(e);
      context
          .getLogger()
          .log(failure.getClass().getSimpleName() + ": " + failure.getMessage() + "\n");
      throw failure;
    }
  }

  private static JsonNode declaration(byte[] json) {
    try {
      JsonNode call = SegmentJson.read(json, JsonNode.class);
      return call.path("detail").isObject() ? call.path("detail") : call;
    } catch (IOException e) {
      throw new IllegalArgumentException("the call is no JSON: declare a stream", e);
    }
  }

  private static FunctionException failure(Exception e) {
    // The service is away.
    return e instanceof IOException ? new PassingException(e) : FunctionException.of(e);
  }

  private HttpResponse<String> ask(JsonNode declaration, String requestId) throws IOException {
    String service =
        environment.required(SERVICE, "the service, such as https://aircheck.example.com");
    String token = environment.required(TOKEN, "a token of the service with the role admin");
    if (!SENDABLE.matcher(token).matches()) {
      throw new IllegalArgumentException(TOKEN + " holds characters that no token has");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.replaceAll("/+$", "") + "/v1/streams"))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            // The same for every attempt of one event.
            .header("Idempotency-Key", requestId)
            .POST(HttpRequest.BodyPublishers.ofByteArray(SegmentJson.write(declaration)))
            .build();
    // One for each call: no connection is left behind when the process is frozen.
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonNode started(HttpResponse<String> answer) throws IOException {
    int status = answer.statusCode();
    if (status == CREATED || status == CONFLICT) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("started", status == CREATED);
      json.put("answer", answer.body());
      return json;
    }
    String words = "the service answers %d: %s".formatted(status, answer.body());
    if (status == TOO_MANY || status >= SERVER_ERROR) {
      throw new IOException(words);
    }
    throw new IllegalArgumentException(words);
  }
}
