package io.aircheck.media.segments;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.media.playlist.SegmentKey;
import io.aircheck.media.resource.Resource;
import io.aircheck.media.resource.ResourceClient;
import io.aircheck.media.resource.ResourceException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts segments with METHOD=AES-128: the key comes from the configuration where it has one,
 * else from where the playlist says. Keys and their addresses never leave this class. One thread.
 */
public final class SegmentKeys {
  private static final int KEY_BYTES = 16;

  /** Keys kept; live streams change them every few minutes and use one or two at a time. */
  private static final int MAX_KEPT = 8;

  private final ResourceClient client;
  private final Map<String, String> configured;
  private final Map<URI, byte[]> fetched =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, byte[]> eldest) {
          return size() > MAX_KEPT;
        }
      };

  /**
   * Keys for one input.
   *
   * @param configured hexadecimal keys by key address, or by {@code *} for all
   */
  public SegmentKeys(ResourceClient client, Map<String, String> configured) {
    this.client = client;
    this.configured = configured;
  }

  /**
   * The bytes of a segment in the clear.
   *
   * @param sequence media sequence number, the initialization vector where none is given
   * @param where address of the segment without secrets, for messages
   * @throws ResourceException when the key cannot be fetched
   * @throws MediaException when the segment cannot be decrypted at all
   */
  InputStream decrypt(InputStream encrypted, SegmentKey key, long sequence, String where)
      throws ResourceException, MediaException {
    if (key.method() == SegmentKey.Method.UNSUPPORTED) {
      throw new MediaException(
          Reason.UNSUPPORTED,
          where
              + ": encrypted with SAMPLE-AES or a DRM system; only METHOD=AES-128 can be"
              + " decrypted, so watch it where it is still in the clear");
    }
    byte[] vector =
        key.initializationVector()
            .map(digits -> HexFormat.of().parseHex(digits))
            .orElseGet(() -> ByteBuffer.allocate(KEY_BYTES).putLong(8, sequence).array());
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(find(key, where), "AES"),
          new IvParameterSpec(vector));
      return new CipherInputStream(encrypted, cipher);
    } catch (GeneralSecurityException e) {
      // The cause is left out: it must not be able to carry a key into a log.
      throw new MediaException(Reason.UNSUPPORTED, where + ": AES-128 is not available here");
    }
  }

  private byte[] find(SegmentKey key, String where) throws ResourceException, MediaException {
    Optional<String> given =
        key.uri()
            .map(uri -> configured.get(uri.toString()))
            .or(() -> Optional.ofNullable(configured.get("*")));
    if (given.isPresent()) {
      return parse(given.get(), where);
    }
    if (key.uri().isEmpty()) {
      throw new MediaException(
          Reason.DENIED, where + ": encrypted, and the playlist names no key; configure one");
    }
    URI uri = key.uri().get();
    byte[] known = fetched.get(uri);
    if (known != null) {
      return known;
    }
    byte[] bytes;
    try (Resource resource = client.open(uri, Optional.empty())) {
      bytes = client.read(resource, 4096);
    } catch (ResourceException e) {
      throw new ResourceException(
          e.reason(),
          e.status(),
          "decryption key cannot be fetched: " + e.getMessage() + "; configure the key");
    }
    if (bytes.length != KEY_BYTES) {
      throw new MediaException(
          Reason.DENIED, where + ": the address of its key does not deliver a key of 16 bytes");
    }
    fetched.put(uri, bytes);
    return bytes;
  }

  private static byte[] parse(String digits, String where) throws MediaException {
    try {
      byte[] bytes = HexFormat.of().parseHex(digits.strip());
      if (bytes.length == KEY_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below, without the cause: its message quotes the key.
    }
    throw new MediaException(
        Reason.DENIED, where + ": the configured decryption key is not 32 hexadecimal digits");
  }
}
