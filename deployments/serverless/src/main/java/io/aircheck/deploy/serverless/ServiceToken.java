package io.aircheck.deploy.serverless;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * A token that is a secret of AWS Secrets Manager. It is read when it is first asked for, so that
 * no snapshot and no environment of a process holds it, and again after some minutes or when it has
 * been refused, so that it follows a rotation. Thread-safe.
 */
final class ServiceToken {
  private static final long KEPT_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;

  private final SecretsManagerClient client;
  private final String secret;
  private @Nullable String token;
  private long readNanos;

  private ServiceToken(SecretsManagerClient client, String secret) {
    this.client = client;
    this.secret = secret;
  }

  /**
   * A token by the name of its secret. Does not connect.
   *
   * @param endpoint instead of that of the region; empty: AWS Secrets Manager
   */
  static ServiceToken of(
      String secret, Region region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
    SecretsManagerClientBuilder builder =
        SecretsManagerClient.builder()
            .region(region)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    endpoint.ifPresent(builder::endpointOverride);
    return new ServiceToken(builder.build(), secret);
  }

  /**
   * The token.
   *
   * @throws IllegalArgumentException when it cannot be read until somebody does something
   * @throws IOException when it cannot be read for now
   */
  synchronized String get() throws IOException {
    String known = token;
    if (known == null || System.nanoTime() - readNanos > KEPT_NANOS) {
      known = read();
      token = known;
      readNanos = System.nanoTime();
    }
    return known;
  }

  /** Reads it again when it is next asked for. */
  synchronized void forget() {
    token = null;
  }

  private String read() throws IOException {
    String value;
    try {
      value = client.getSecretValue(request -> request.secretId(secret)).secretString();
    } catch (SdkException e) {
      throw failure(e);
    }
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the secret " + secret + " holds no text: a token is one");
    }
    return value.strip();
  }

  private IOException failure(SdkException e) {
    String detail = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (isRefusal(e)) {
      throw new IllegalArgumentException(
          "the secret %s cannot be read: name one that is there, and allow it in the role of the function (%s)"
              .formatted(secret, detail),
          e);
    }
    return new IOException("the secret %s cannot be read for now: %s".formatted(secret, detail), e);
  }

  private static boolean isRefusal(SdkException e) {
    if (e instanceof AwsServiceException answer) {
      return answer.statusCode() >= BAD_REQUEST
          && answer.statusCode() < SERVER_ERROR
          && !answer.isThrottlingException();
    }
    // The client says that it found no credentials only in words.
    return String.valueOf(e.getMessage()).contains("credentials");
  }
}
