package io.aircheck.experience.archive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What stands for a session in the archive: the first 63 bits of the SHA-256 of its id in UTF-8. Of
 * a hundred million sessions, two share one with a probability of 5e-4.
 */
public final class SessionHash {
  private SessionHash() {}

  /** The number of a session, not negative. */
  public static long of(String session) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(session.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() >>> 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
