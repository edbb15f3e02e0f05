package io.aircheck.notify.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names that stand for keys where the keys themselves cannot be used. */
public final class Digest {
  private Digest() {}

  /** A text as 64 hexadecimal digits, the same whenever and wherever. */
  public static String of(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The text itself if it is visible ASCII of no more than so many characters. */
  public static String unlessShort(int max, String text) {
    boolean fits = text.length() <= max && text.chars().allMatch(unit -> unit > ' ' && unit < 0x7f);
    return fits ? text : of(text);
  }
}
