package io.aircheck.notify.sns;

import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.notify.http.HttpEndpoint;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Publishes to a topic: a form, signed by the SDK of Amazon and sent as every other channel sends,
 * with the same bounds and the same meaning of answers.
 */
final class Sns implements Notifier {
  private static final String CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8";
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private final URI uri;
  private final HttpEndpoint endpoint;
  private final String region;
  private final String topicArn;
  private final String source;
  private final AwsCredentialsProvider credentials;

  Sns(
      URI uri,
      HttpEndpoint endpoint,
      String region,
      String topicArn,
      String source,
      AwsCredentialsProvider credentials) {
    this.uri = uri;
    this.endpoint = endpoint;
    this.region = region;
    this.topicArn = topicArn;
    this.source = source;
    this.credentials = credentials;
  }

  @Override
  public Optional<String> check() {
    return switch (post(PublishRequest.attributesOf(topicArn))) {
      case Delivery.Delivered delivered -> Optional.empty();
      case Delivery.RetryAfter(String reason, var after) -> Optional.of(reason);
      // Those who may only publish may not look: the topic answered, and that is what can be known.
      case Delivery.Rejected(String reason) when reason.contains("AuthorizationError") ->
          Optional.empty();
      case Delivery.Rejected(String reason) -> Optional.of(reason);
    };
  }

  @Override
  public Delivery deliver(Notification notification) {
    return post(PublishRequest.of(notification, topicArn, source));
  }

  private Delivery post(byte[] form) {
    try {
      return meaning(endpoint.post(form, signed(form)));
    } catch (SdkClientException e) {
      return new Delivery.RetryAfter("no credentials for AWS: " + e.getMessage(), Optional.empty());
    }
  }

  /** Amazon tells of too many requests with status 400 as well. */
  private static Delivery meaning(Delivery delivery) {
    return delivery instanceof Delivery.Rejected(String reason)
            && (reason.contains("<Code>Throttl") || reason.contains("<Code>RequestLimitExceeded"))
        ? new Delivery.RetryAfter(reason, Optional.empty())
        : delivery;
  }

  private Map<String, String> signed(byte[] form) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(uri)
            .putHeader("Content-Type", CONTENT_TYPE)
            .build();
    Map<String, List<String>> headers =
        SIGNER
            .sign(
                sign ->
                    sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(form))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sns")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
            .request()
            .headers();
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> all.put(name, String.join(",", values)));
    // The client writes these itself, from the same address and body.
    all.remove("Host");
    all.remove("Content-Length");
    return all;
  }
}
