package io.aircheck.deploy.serverless;

import io.aircheck.deploy.serverless.ObjectStoreException.Reason;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of Amazon S3, or of what speaks its protocol. The client tries again what passes, as it
 * was set up to; what arrives here has failed for good. Thread-safe.
 */
final class S3Objects implements ObjectStore {
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;

  private final S3Client client;
  private final String bucket;

  /**
   * @param client closed by whoever made it
   */
  S3Objects(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public void put(String key, byte[] bytes) throws ObjectStoreException {
    try {
      client.putObject(
          PutObjectRequest.builder().bucket(bucket).key(key).build(), RequestBody.fromBytes(bytes));
    } catch (SdkException e) {
      throw failure("written", key, e);
    }
  }

  @Override
  public Optional<byte[]> find(String key) throws ObjectStoreException {
    try {
      return Optional.of(
          client
              .getObjectAsBytes(GetObjectRequest.builder().bucket(bucket).key(key).build())
              .asByteArrayUnsafe());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failure("read", key, e);
    }
  }

  private ObjectStoreException failure(String done, String key, SdkException e) {
    Reason reason = reason(e);
    String advice =
        switch (reason) {
          case NO_BUCKET -> "there is no bucket " + bucket;
          case DENIED -> "no credentials, or they do not allow it";
          case THROTTLED -> "too many requests";
          case MISSING, UNAVAILABLE -> "the store does not answer as it should";
        };
    String detail = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new ObjectStoreException(
        reason,
        "%s cannot be %s in bucket %s: %s (%s)".formatted(key, done, bucket, advice, detail),
        e);
  }

  private static Reason reason(SdkException e) {
    if (e instanceof NoSuchBucketException) {
      return Reason.NO_BUCKET;
    }
    if (e instanceof S3Exception answer) {
      if (answer.isThrottlingException()) {
        return Reason.THROTTLED;
      }
      boolean denied = answer.statusCode() == FORBIDDEN || answer.statusCode() == UNAUTHORIZED;
      return denied ? Reason.DENIED : Reason.UNAVAILABLE;
    }
    // The client says that it found no credentials only in words.
    boolean credentials =
        e instanceof SdkClientException && String.valueOf(e.getMessage()).contains("credentials");
    return credentials ? Reason.DENIED : Reason.UNAVAILABLE;
  }
}
