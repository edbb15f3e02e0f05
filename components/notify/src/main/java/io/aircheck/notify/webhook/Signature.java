package io.aircheck.notify.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what a webhook sends, so that the receiver knows who sent it, that it is whole, and when it
 * was sent. Immutable, thread-safe.
 *
 * <p>Source: Standard Webhooks specification: HMAC-SHA256 over id, time and body, joined by dots.
 */
final class Signature {
  /** What marks a secret whose bytes are given in Base64. */
  static final String BASE64_PREFIX = "whsec_";

  private static final String ALGORITHM = "HmacSHA256";

  private final List<SecretKeySpec> keys;

  /**
   * @param secrets at least one; the receiver accepts any of them, so that secrets can be exchanged
   * @throws IllegalArgumentException for a secret that claims to be Base64 and is not, or is empty
   */
  Signature(List<String> secrets) {
    keys = secrets.stream().map(Signature::key).toList();
  }

  private static SecretKeySpec key(String secret) {
    byte[] bytes =
        secret.startsWith(BASE64_PREFIX)
            ? Base64.getDecoder().decode(secret.substring(BASE64_PREFIX.length()))
            : secret.getBytes(StandardCharsets.UTF_8);
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * The value of the signature header: one {@code v1,…} for each secret.
   *
   * @param id idempotency key
   * @param timestampSeconds when it is sent, seconds since the epoch
   */
  String of(String id, long timestampSeconds, byte[] body) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(body);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(hash(key, signed.toByteArray())))
        .collect(Collectors.joining(" "));
  }

  private static byte[] hash(SecretKeySpec key, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(signed);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }
}
