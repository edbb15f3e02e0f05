package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.storage.s3.S3Key;
import io.aircheck.storage.s3.S3Location;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bucket. Immutable.
 *
 * @param prefix before all keys; empty: none
 * @param endpoint of a server that speaks the protocol of S3; empty: AWS
 * @param accessKey empty: credentials where operators of AWS expect them
 * @param secretKey a secret
 */
public record S3Settings(
    String bucket,
    String prefix,
    String region,
    Optional<URI> endpoint,
    Optional<String> accessKey,
    Optional<String> secretKey) {

  @JsonCreator
  static S3Settings of(
      @JsonProperty("bucket") @Nullable String bucket,
      @JsonProperty("prefix") @Nullable String prefix,
      @JsonProperty("region") @Nullable String region,
      @JsonProperty("endpoint") @Nullable URI endpoint,
      @JsonProperty("accessKey") @Nullable String accessKey,
      @JsonProperty("secretKey") @Nullable String secretKey) {
    return new S3Settings(
        bucket == null ? "" : bucket,
        prefix == null || prefix.isEmpty() || prefix.endsWith("/")
            ? Optional.ofNullable(prefix).orElse("")
            : prefix + "/",
        region == null ? "us-east-1" : region,
        Optional.ofNullable(endpoint),
        Optional.ofNullable(accessKey),
        Optional.ofNullable(secretKey));
  }

  /**
   * Checks them as far as that goes without connecting.
   *
   * @param where they are in the settings of the service, a pointer
   * @throws SettingsException with a pointer into the settings of the service
   */
  void check(String where) throws SettingsException {
    // The rules of Amazon for names of buckets; others are not stricter.
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new SettingsException(
          where + "/bucket",
          "must be the name of a bucket: lower-case letters, digits, dots and hyphens");
    }
    if (endpoint.isPresent()
        && (!String.valueOf(endpoint.get().getScheme()).matches("https?")
            || endpoint.get().getHost() == null
            || endpoint.get().getUserInfo() != null)) {
      throw new SettingsException(
          where + "/endpoint", "must be an address such as https://minio.example.com:9000");
    }
    if (accessKey.isPresent() != secretKey.isPresent()) {
      throw new SettingsException(
          where, "needs accessKey and secretKey, or neither: then they are looked for as AWS does");
    }
  }

  /** Whether keys of one may be keys of the other. */
  boolean overlaps(S3Settings other) {
    return bucket.equals(other.bucket)
        && endpoint.equals(other.endpoint)
        && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix));
  }

  /** Where its objects are. */
  public S3Location location() {
    return new S3Location(bucket, prefix, region, endpoint);
  }

  /** The key pair; empty: credentials are where operators of AWS expect them. */
  public Optional<S3Key> key() {
    return accessKey.map(key -> new S3Key(key, secretKey.orElse("")));
  }

  /** What people call it; without secrets. */
  public String shown() {
    return endpoint.map(uri -> uri + " ").orElse("") + bucket + "/" + prefix;
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "S3Settings[" + bucket + "/" + prefix + "]";
  }
}
