package io.aircheck.app.serve.http;

import io.aircheck.app.serve.page.PageFile;
import io.helidon.http.HeaderNames;
import java.util.regex.Pattern;

/** Sends files that are in memory: not again to who has them, and compressed to who takes that. */
final class FileSending {
  /** The coding, unless with a weight of 0, which refuses it (RFC 9110, 12.5.3). */
  private static final Pattern GZIP =
      Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

  private FileSending() {}

  /**
   * Answers with a file.
   *
   * @param cacheControl how long it may be kept
   */
  static void send(Exchange exchange, PageFile file, String cacheControl) {
    exchange
        .response()
        .header(HeaderNames.ETAG, file.tag())
        .header(HeaderNames.CACHE_CONTROL, cacheControl)
        .header(HeaderNames.VARY, "Accept-Encoding");
    if (exchange.header("If-None-Match").map(tags -> tags.contains(file.tag())).orElse(false)) {
      exchange.done(304);
    } else if (takesGzip(exchange)) {
      exchange.response().header(HeaderNames.CONTENT_ENCODING, "gzip");
      exchange.send(200, file.mediaType(), file.compressed());
    } else {
      exchange.send(200, file.mediaType(), file.plain());
    }
  }

  private static boolean takesGzip(Exchange exchange) {
    return GZIP.matcher(exchange.header("Accept-Encoding").orElse("")).find();
  }
}
