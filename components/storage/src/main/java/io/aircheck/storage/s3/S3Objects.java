package io.aircheck.storage.s3;

import io.aircheck.core.meter.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The objects of a bucket, to be read. Thread-safe. */
public final class S3Objects {
  private final S3Bucket bucket;
  private final S3Location location;

  /**
   * An object.
   *
   * @param key without the prefix of the location
   */
  public record Entry(String key, long bytes, Instant modified) {}

  /**
   * Objects below a prefix.
   *
   * @param key empty: where operators of AWS expect credentials
   * @param meter told what requests are billed for
   */
  public S3Objects(S3Location location, Optional<S3Key> key, Meter meter) {
    this.bucket = new S3Bucket(location, key, meter);
    this.location = location;
  }

  /**
   * All of them, by key.
   *
   * @throws IOException when they cannot be listed; one line that says what to do
   */
  public List<Entry> list() throws IOException {
    return bucket.list("").stream()
        .map(entry -> new Entry(entry.key(), entry.bytes(), entry.modified()))
        .toList();
  }

  /**
   * One of them. To be closed.
   *
   * @throws IOException when it cannot be read, or is not there any more
   */
  public InputStream open(String key) throws IOException {
    return bucket
        .get(key)
        .orElseThrow(
            () -> new IOException(location.shown() + " has no " + key + " any more; it was listed"))
        .body();
  }
}
