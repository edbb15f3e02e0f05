package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the stream of a content is to be found: an address in whose path or query <code>{content}
 * </code> stands for the id of the content. Ids are told by players and may be anything: what they
 * are put in for is percent-encoded, slashes too (RFC 6570, simple expansion), and an id that could
 * lead anywhere else has no address.
 *
 * @param template such as <code>https://origin.example.com/{content}/master.m3u8</code>
 */
public record ContentAddress(String template) {
  private static final String PLACE = "{content}";

  /** Host and port hold no place, and neither do secrets. */
  private static final Pattern TEMPLATE =
      Pattern.compile("https?://[A-Za-z0-9.:\\[\\]_-]+/[^#\\s{}\\\\]*");

  /** Letters and digits of any script, and marks that ids of contents have. */
  private static final Pattern ID = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._~:@+,=!()/-]{1,128}");

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  @JsonCreator
  static ContentAddress parse(String template) {
    return new ContentAddress(template);
  }

  /**
   * @throws IllegalArgumentException for what is no such address
   */
  public ContentAddress {
    if (!template.contains(PLACE) || !TEMPLATE.matcher(template.replace(PLACE, "x")).matches()) {
      throw new IllegalArgumentException(
          "must be an address such as https://origin.example.com/{content}/master.m3u8");
    }
    if (template.indexOf(PLACE) < template.indexOf('/', template.indexOf("://") + 3)) {
      throw new IllegalArgumentException("must have {content} in its path or query");
    }
  }

  /** The address of a content; empty for an id that is not put into addresses. */
  public Optional<String> of(String content) {
    return ID.matcher(content).matches() && !climbs(content)
        ? Optional.of(template.replace(PLACE, encoded(content)))
        : Optional.empty();
  }

  /** Whether a server that decodes slashes would find a part that leads elsewhere. */
  private static boolean climbs(String content) {
    for (String part : content.split("/", -1)) {
      if (part.isBlank() || part.equals(".") || part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(one) >= 0) {
        encoded.append((char) one);
      } else {
        encoded.append("%%%02X".formatted(one & 0xff));
      }
    }
    return encoded.toString();
  }
}
