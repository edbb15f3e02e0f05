package io.aircheck.deploy.serverless;

import com.adobe.testing.s3mock.S3MockApplication;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** A server of the S3 protocol on a free port, with its objects in a temporary folder. */
final class S3Server implements AutoCloseable {
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));

  private final S3MockApplication server;

  private S3Server(S3MockApplication server) {
    this.server = server;
  }

  static S3Server start(String bucket) {
    Map<String, Object> settings =
        Map.of(
            S3MockApplication.PROP_HTTP_PORT,
            S3MockApplication.RANDOM_PORT,
            S3MockApplication.PROP_HTTPS_PORT,
            S3MockApplication.RANDOM_PORT,
            "com.adobe.testing.s3mock.store.initialBuckets",
            bucket,
            S3MockApplication.PROP_SILENT,
            true);
    // It takes what it knows out of the map.
    return new S3Server(S3MockApplication.start(new HashMap<>(settings)));
  }

  URI endpoint() {
    return URI.create("http://localhost:" + server.getHttpPort());
  }

  S3Objects bucket(String name) {
    return S3Objects.of(name, Region.EU_WEST_1, Optional.of(endpoint()), CREDENTIALS);
  }

  @Override
  public void close() {
    server.stop();
  }
}
