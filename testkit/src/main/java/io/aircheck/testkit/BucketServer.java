package io.aircheck.testkit;

import com.adobe.testing.s3mock.S3MockApplication;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A server of the protocol of S3 in this JVM, on a free port, with its objects in a temporary
 * folder. Who uses it needs s3mock on the class path of its tests.
 */
public final class BucketServer implements AutoCloseable {
  private final S3MockApplication server;

  /**
   * Starts it.
   *
   * @param bucket that there is
   */
  public BucketServer(String bucket) {
    // How tests write logs is not its to say.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
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
    server = S3MockApplication.start(new HashMap<>(settings));
  }

  /** Its address. */
  @SuppressWarnings("deprecation") // nothing else tells which port it has found
  public URI endpoint() {
    return URI.create("http://localhost:" + server.getHttpPort());
  }

  @Override
  public void close() {
    server.stop();
  }
}
