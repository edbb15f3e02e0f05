package io.aircheck.deploy.serverless;

import io.aircheck.deploy.serverless.ObjectStoreException.Reason;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of Amazon S3, or of what speaks its protocol. The client tries again what passes, as it
 * was set up to; what arrives here has failed for good. Thread-safe.
 */
public final class S3Objects implements ObjectStore {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final String bucket;

  /**
   * @param client closed by whoever made it
   */
  S3Objects(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /**
   * A bucket by its name. Does not connect, and asks for credentials only when it is first used.
   *
   * @param endpoint instead of that of the region; empty: Amazon S3
   */
  public static S3Objects of(
      String bucket, Region region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    // Elsewhere, names of buckets are no names of hosts.
    endpoint.ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
    return new S3Objects(builder.build(), bucket);
  }

  @Override
  public void put(String key, byte[] bytes) throws ObjectStoreException {
    write(PutObjectRequest.builder().bucket(bucket).key(key), bytes);
  }

  @Override
  public void replace(String key, byte[] bytes, Optional<String> expected)
      throws ObjectStoreException {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(key);
    expected.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
    write(request, bytes);
  }

  private void write(PutObjectRequest.Builder builder, byte[] bytes) throws ObjectStoreException {
    PutObjectRequest request = builder.build();
    try {
      client.putObject(request, RequestBody.fromBytes(bytes));
    } catch (SdkException e) {
      throw failure("written", request.key(), e);
    }
  }

  @Override
  public Optional<Stored> findStored(String key) throws ObjectStoreException {
    try {
      ResponseBytes<GetObjectResponse> object =
          client.getObjectAsBytes(request -> request.bucket(bucket).key(key));
      return Optional.of(new Stored(object.asByteArrayUnsafe(), object.response().eTag()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failure("read", key, e);
    }
  }

  private ObjectStoreException failure(String done, String key, SdkException e) {
    Reason reason = reason(e);
    String why =
        switch (reason) {
          case NO_BUCKET -> "there is no such bucket; create it, or name another";
          case DENIED ->
              e instanceof S3Exception
                  ? "the credentials do not allow it; allow it in the role of the function"
                  : "there are no credentials; give the function a role";
          case THROTTLED -> "too many requests";
          case CONFLICT -> "it was written by somebody else meanwhile";
          case MISSING, UNAVAILABLE -> "the store does not answer as it should";
        };
    String detail = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new ObjectStoreException(
        reason,
        "%s cannot be %s in bucket %s: %s (%s)".formatted(key, done, bucket, why, detail),
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
      return switch (answer.statusCode()) {
        case UNAUTHORIZED, FORBIDDEN -> Reason.DENIED;
        case CONFLICT, PRECONDITION_FAILED -> Reason.CONFLICT;
        default -> noSuchBucket(answer) ? Reason.NO_BUCKET : Reason.UNAVAILABLE;
      };
    }
    // The client says that it found no credentials only in words.
    boolean credentials =
        e instanceof SdkClientException && String.valueOf(e.getMessage()).contains("credentials");
    return credentials ? Reason.DENIED : Reason.UNAVAILABLE;
  }

  /** Not every operation declares it as an exception of its own. */
  private static boolean noSuchBucket(S3Exception answer) {
    return answer.awsErrorDetails() != null
        && "NoSuchBucket".equals(answer.awsErrorDetails().errorCode());
  }
}
