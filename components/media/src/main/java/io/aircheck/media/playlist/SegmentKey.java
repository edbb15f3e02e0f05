package io.aircheck.media.playlist;

import java.net.URI;
import java.util.Optional;

/**
 * How a segment is encrypted (EXT-X-KEY). Never holds the key itself, and never prints where the
 * key is, since key addresses carry tokens.
 *
 * @param method what is encrypted
 * @param uri absolute address of the key, or empty where the playlist names none
 * @param initializationVector 32 hexadecimal digits, or empty for the media sequence number
 */
public record SegmentKey(Method method, Optional<URI> uri, Optional<String> initializationVector) {

  /** What is encrypted. */
  public enum Method {
    /** The whole segment, AES-128 in CBC mode with PKCS#7 padding. */
    AES_128,
    /** Anything that cannot be decrypted here: SAMPLE-AES, DRM systems, unknown methods. */
    UNSUPPORTED
  }

  @Override
  public String toString() {
    return "SegmentKey[" + method + "]";
  }
}
