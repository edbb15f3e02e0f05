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
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Asks a running service to watch a stream: how events of a serverless estate reach what runs all
 * the time. It is called with the declaration of a stream as {@code POST /v1/streams} takes it, or
 * with an event that has one as its {@code detail}. An event that is delivered again, and a call
 * that is repeated, ask once.
 */
public final class StartHandler implements RequestStreamHandler {
  static final String SERVICE = "AIRCHECK_SERVICE_URL";
  static final String TOKEN = "AIRCHECK_TOKEN_SECRET";
  static final String SECRETS = "AIRCHECK_SECRETS_ENDPOINT";

  private static final Pattern SENDABLE = Pattern.compile("[!-~]+");
  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
  private static final String RETRY_AFTER = "Retry-After";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int CREATED = 201;
  private static final int UNAUTHORIZED = 401;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final FunctionEnvironment environment;
  private final Optional<ServiceToken> token;

  /** As AWS Lambda makes it. */
  public StartHandler() {
    this(System.getenv(), DefaultCredentialsProvider.builder().build());
  }

  StartHandler(Map<String, String> environment, AwsCredentialsProvider credentials) {
    this.environment = new FunctionEnvironment(environment);
    Optional<String> secret = this.environment.optional(TOKEN);
    Optional<String> region = this.environment.optional(FunctionEnvironment.REGION);
    this.token =
        secret.isEmpty() || region.isEmpty()
            ? Optional.empty()
            : Optional.of(
                ServiceToken.of(
                    secret.get(),
                    Region.of(region.get()),
                    this.environment.optional(SECRETS).map(URI::create),
                    credentials));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      JsonNode call = call(input.readAllBytes());
      HttpResponse<String> answer = ask(declaration(call), key(call, context));
      output.write(SegmentJson.write(started(answer)));
    } catch (IOException | RuntimeException e) {
      FunctionException failure = failure(e);
      context
          .getLogger()
          .log(failure.getClass().getSimpleName() + ": " + failure.getMessage() + "\n");
      throw failure;
    }
  }

  private static JsonNode call(byte[] json) {
    try {
      return SegmentJson.read(json, JsonNode.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("the call is no JSON: declare a stream", e);
    }
  }

  private static JsonNode declaration(JsonNode call) {
    return isEvent(call) ? call.path("detail") : call;
  }

  private static boolean isEvent(JsonNode call) {
    return call.path("detail").isObject();
  }

  /**
   * The same for every attempt of one event: delivered twice, it has the same id, while requests
   * have ids of their own.
   */
  private static String key(JsonNode call, Context context) {
    String event = isEvent(call) ? call.path("id").asText() : "";
    return KEY.matcher(event).matches() ? event : context.getAwsRequestId();
  }

  private static FunctionException failure(Exception e) {
    // The service is away.
    return e instanceof IOException ? new PassingException(e) : FunctionException.of(e);
  }

  private HttpResponse<String> ask(JsonNode declaration, String key) throws IOException {
    String service =
        environment.required(SERVICE, "the service, such as https://aircheck.example.com");
    environment.required(TOKEN, "a secret that is a token of the service with the role admin");
    environment.required(FunctionEnvironment.REGION, "the region of the secret");
    ServiceToken secret = token.orElseThrow();
    String sent = secret.get();
    HttpResponse<String> answer = post(service, sent, declaration, key);
    if (answer.statusCode() != UNAUTHORIZED) {
      return answer;
    }
    // It may have been rotated since it was read.
    secret.forget();
    String fresh = secret.get();
    return fresh.equals(sent) ? answer : post(service, fresh, declaration, key);
  }

  private static HttpResponse<String> post(
      String service, String token, JsonNode declaration, String key) throws IOException {
    if (!SENDABLE.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "the secret that " + TOKEN + " names holds characters that no token has");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.replaceAll("/+$", "") + "/v1/streams"))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
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
    // Whether an earlier attempt that is still being worked on succeeds is not known yet.
    boolean unfinished = status == CONFLICT && answer.headers().firstValue(RETRY_AFTER).isPresent();
    if (status == CREATED || (status == CONFLICT && !unfinished)) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("started", status == CREATED);
      json.put("answer", answer.body());
      return json;
    }
    String words = "the service answers %d: %s".formatted(status, answer.body());
    if (unfinished || status == TOO_MANY || status >= SERVER_ERROR) {
      throw new IOException(words);
    }
    throw new IllegalArgumentException(words);
  }
}
