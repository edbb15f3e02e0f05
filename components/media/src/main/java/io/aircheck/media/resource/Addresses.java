package io.aircheck.media.resource;

import io.aircheck.core.media.SafeUri;
import java.net.URI;
import java.nio.file.Path;

/** Addresses as they stand in playlists and on the command line. */
public final class Addresses {
  private Addresses() {}

  /**
   * The absolute address of what a user wrote: an address, or a path.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static URI ofInput(String input) {
    if (input.matches("(?i)(https?://|file:).*")) {
      return encode(input);
    }
    return Path.of(input).toAbsolutePath().normalize().toUri();
  }

  /**
   * The absolute address of a reference in a playlist. Characters that addresses must not hold,
   * such as spaces and brackets, are encoded, since packagers write them.
   *
   * <p>A playlist from the network cannot point into the local file system.
   *
   * @throws IllegalArgumentException when the reference cannot be followed
   */
  public static URI resolve(URI base, String reference) {
    URI resolved = base.resolve(encode(reference));
    String scheme = resolved.getScheme();
    boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    boolean file = "file".equalsIgnoreCase(scheme);
    if (!http && !(file && "file".equalsIgnoreCase(base.getScheme()))) {
      throw new IllegalArgumentException("scheme not allowed");
    }
    return resolved;
  }

  /** The address without secrets, fit for signals and messages. */
  public static String redact(URI uri) {
    return SafeUri.redact(
        "file".equalsIgnoreCase(uri.getScheme()) ? uri.getPath() : uri.toString());
  }

  /** The last part of the path. */
  public static String fileName(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static URI encode(String reference) {
    StringBuilder encoded = new StringBuilder(reference.length());
    for (int i = 0; i < reference.length(); i++) {
      char c = reference.charAt(i);
      boolean strayPercent = c == '%' && !reference.startsWith(hexAt(reference, i), i);
      if (c <= ' ' || "\"<>\\^`{|}[]".indexOf(c) >= 0 || strayPercent) {
        encoded.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4 & 15, 16)));
        encoded.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      } else {
        encoded.append(c);
      }
    }
    return URI.create(encoded.toString());
  }

  private static String hexAt(String text, int percent) {
    boolean valid =
        percent + 2 < text.length()
            && Character.digit(text.charAt(percent + 1), 16) >= 0
            && Character.digit(text.charAt(percent + 2), 16) >= 0;
    return valid ? "%" : "\0";
  }
}
