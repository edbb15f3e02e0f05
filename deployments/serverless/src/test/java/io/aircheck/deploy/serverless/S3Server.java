package io.aircheck.deploy.serverless;

import io.aircheck.testkit.BucketServer;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Buckets of a server in this JVM, as functions use them. */
final class S3Server implements AutoCloseable {
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));

  private final BucketServer server;

  private S3Server(BucketServer server) {
    this.server = server;
  }

  static S3Server start(String bucket) {
    return new S3Server(new BucketServer(bucket));
  }

  S3Objects bucket(String name) {
    return S3Objects.of(name, Region.EU_WEST_1, Optional.of(server.endpoint()), CREDENTIALS);
  }

  URI endpoint() {
    return server.endpoint();
  }

  @Override
  public void close() {
    server.close();
  }
}
