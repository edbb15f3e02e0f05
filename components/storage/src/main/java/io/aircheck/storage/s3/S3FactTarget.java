package io.aircheck.storage.s3;

import io.aircheck.core.meter.Meter;
import io.aircheck.storage.parquet.FactTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sends files of tables to a bucket at once, for who has them until they are there: unlike {@link
 * S3FactFiles}, nothing of them is kept here.
 */
public final class S3FactTarget implements FactTarget {
  private final S3Bucket bucket;

  /**
   * A target in a bucket.
   *
   * @param key empty: where operators of AWS expect credentials
   * @param meter told what requests are billed for
   */
  public S3FactTarget(S3Location location, Optional<S3Key> key, Meter meter) {
    this.bucket = new S3Bucket(location, key, meter);
  }

  @Override
  public void put(String name, Path file) throws IOException {
    bucket.put(name, file, S3FactFiles.HEADERS);
  }
}
