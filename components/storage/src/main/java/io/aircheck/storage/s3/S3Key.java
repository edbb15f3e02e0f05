package io.aircheck.storage.s3;

/**
 * A key pair.
 *
 * @param secretKey a secret, never print it
 */
public record S3Key(String accessKey, String secretKey) {

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "S3Key[" + accessKey + "]";
  }
}
