package io.aircheck.storage.s3;

import io.aircheck.testkit.FakeS3;
import java.util.Optional;

/** Where tests keep objects, below a prefix that needs to be encoded. */
final class Places {
  private Places() {}

  static S3Location in(FakeS3 server) {
    return new S3Location(
        FakeS3.BUCKET, "air check/", FakeS3.REGION, Optional.of(server.endpoint()));
  }
}
