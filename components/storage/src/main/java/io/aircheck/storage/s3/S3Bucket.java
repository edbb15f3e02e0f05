package io.aircheck.storage.s3;

import io.aircheck.core.meter.Meter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * The few calls of S3 that are needed, signed by the SDK of Amazon and sent by the JDK. What fails
 * in passing is tried again. Thread-safe.
 *
 * <p>Source: Amazon S3 API reference, version 2006-03-01.
 */
final class S3Bucket {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 3;
  private static final int NOT_FOUND = 404;
  private static final int MAX_ERROR = 4_000;

  /** Headers that the client writes itself, from the same address and body. */
  private static final List<String> OF_THE_CLIENT = List.of("host", "content-length");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final S3Location location;
  private final AwsCredentialsProvider credentials;
  private final RequestMeter metering;

  /**
   * @param key empty: where operators of AWS expect credentials: environment, profile, container,
   *     machine
   * @param meter told what requests are billed for
   */
  S3Bucket(S3Location location, Optional<S3Key> key, Meter meter) {
    this.location = location;
    this.metering = new RequestMeter(meter);
    this.credentials = credentials(key);
  }

  private static AwsCredentialsProvider credentials(Optional<S3Key> key) {
    return key.<AwsCredentialsProvider>map(
            pair ->
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(pair.accessKey(), pair.secretKey())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  /** Stores a file; one of the same key is replaced. */
  void put(String key, Path file, Map<String, String> headers) throws IOException {
    send(SdkHttpMethod.PUT, location.object(key), headers, file).body().close();
  }

  /** An object; empty when there is none. Close its body. */
  Optional<HttpResponse<InputStream>> get(String key) throws IOException {
    return ifThere(SdkHttpMethod.GET, key);
  }

  /** Headers of an object; empty when there is none. */
  Optional<HttpHeaders> head(String key) throws IOException {
    Optional<HttpResponse<InputStream>> found = ifThere(SdkHttpMethod.HEAD, key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    found.get().body().close();
    return Optional.of(found.get().headers());
  }

  private Optional<HttpResponse<InputStream>> ifThere(SdkHttpMethod method, String key)
      throws IOException {
    try {
      return Optional.of(send(method, location.object(key), Map.of(), null));
    } catch (S3Exception e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** All objects whose keys begin so, by key. */
  List<ObjectList.Entry> list(String keyPrefix) throws IOException {
    List<ObjectList.Entry> all = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      try (InputStream body =
          send(SdkHttpMethod.GET, location.list(keyPrefix, token), Map.of(), null).body()) {
        ObjectList page = ObjectList.read(body, location.prefix());
        all.addAll(page.entries());
        token = page.next();
      }
    } while (token.isPresent());
    return all;
  }

  /** Removes an object; nothing happens when there is none. */
  void delete(String key) throws IOException {
    send(SdkHttpMethod.DELETE, location.object(key), Map.of(), null).body().close();
  }

  private HttpResponse<InputStream> send(
      SdkHttpMethod method, URI uri, Map<String, String> headers, @Nullable Path file)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        HttpRequest request = request(method, uri, headers, file);
        HttpResponse<InputStream> response = client.send(request, metering.answerTo(request));
        if (response.statusCode() < 300) {
          return response;
        }
        S3Exception failure = failure(response);
        if (attempt == ATTEMPTS || !failure.isPassing()) {
          throw failure;
        }
      } catch (S3Exception e) {
        throw e;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new IOException(
              location.shown() + " cannot be reached: " + e + "; check address and network", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  private HttpRequest request(
      SdkHttpMethod method, URI uri, Map<String, String> headers, @Nullable Path file)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    request.method(
        method.name(),
        file == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofFile(file));
    signed(method, uri, headers, file)
        .forEach(
            (name, values) -> {
              if (!OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                request.setHeader(name, String.join(",", values));
              }
            });
    return request.build();
  }

  private Map<String, List<String>> signed(
      SdkHttpMethod method, URI uri, Map<String, String> headers, @Nullable Path file)
      throws IOException {
    SdkHttpRequest.Builder plain = SdkHttpRequest.builder().method(method).uri(uri);
    headers.forEach(plain::putHeader);
    byte[] body = file == null ? new byte[0] : Files.readAllBytes(file);
    try {
      return SIGNER
          .sign(
              sign ->
                  sign.identity(credentials.resolveCredentials())
                      .request(plain.build())
                      .payload(() -> new ByteArrayInputStream(body))
                      .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                      .putProperty(AwsV4HttpSigner.REGION_NAME, location.region())
                      // S3 signs paths as they are.
                      .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                      .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
          .request()
          .headers();
    } catch (SdkClientException e) {
      throw new IOException("no credentials for S3: " + e.getMessage(), e);
    }
  }

  private S3Exception failure(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(MAX_ERROR), StandardCharsets.UTF_8);
      return new S3Exception(location.shown(), response.statusCode(), text);
    }
  }
}
