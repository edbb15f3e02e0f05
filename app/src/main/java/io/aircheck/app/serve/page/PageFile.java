package io.aircheck.app.serve.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A file as it is sent.
 *
 * @param mediaType with its character set
 * @param tag its entity tag (RFC 9110, 8.8.3); a weak one, since compressed it has the same
 * @param plain its content
 * @param compressed the same with gzip
 */
@SuppressWarnings("ArrayRecordComponent") // Written to connections as they are, never compared.
public record PageFile(String mediaType, String tag, byte[] plain, byte[] compressed) {
  private static final int TAG_BYTES = 12;

  static PageFile of(String mediaType, String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    return new PageFile(mediaType, tagOf(plain), plain, compress(plain));
  }

  private static String tagOf(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return "W/\"%s\"".formatted(HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] compress(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
