package io.aircheck.storage.s3;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where objects are.
 *
 * @param bucket its name
 * @param prefix before all keys; empty, or with a slash at its end
 * @param region of AWS, or what a compatible server calls its own
 * @param endpoint of a compatible server, which has buckets as the first part of paths; empty: AWS
 */
public record S3Location(String bucket, String prefix, String region, Optional<URI> endpoint) {

  /** Address of an object. */
  URI object(String key) {
    return URI.create(base() + "/" + encodedPath(prefix + key));
  }

  /**
   * Address of a list of objects.
   *
   * @param keyPrefix what keys begin with, behind {@link #prefix}
   * @param token where the page before ended; empty: the first
   */
  URI list(String keyPrefix, Optional<String> token) {
    // In the order of their names, as they are signed.
    return URI.create(
        base()
            + "/?"
            + token.map(text -> "continuation-token=" + encoded(text) + "&").orElse("")
            + "list-type=2&prefix="
            + encoded(prefix + keyPrefix));
  }

  /** What people call it. */
  String shown() {
    return "S3 bucket " + bucket;
  }

  private String base() {
    return endpoint
        .map(uri -> uri.toString().replaceFirst("/$", "") + "/" + bucket)
        .orElse("https://%s.s3.%s.amazonaws.com".formatted(bucket, region));
  }

  private static String encodedPath(String key) {
    return encoded(key).replace("%2F", "/");
  }

  /** As signatures want it: everything but letters, digits and four marks. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
