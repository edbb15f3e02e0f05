package io.aircheck.app.serve.http;

import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a file, or the part of it that was asked for (RFC 9110, section 14), so that clips can be
 * sought.
 */
final class FileAnswer {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private FileAnswer() {}

  /** Opens the content. */
  interface Content {
    InputStream open() throws IOException;
  }

  static void send(Exchange exchange, String mediaType, long length, Content content)
      throws IOException {
    exchange.response().header(HeaderNames.CONTENT_TYPE, mediaType);
    exchange.response().header(HeaderNames.ACCEPT_RANGES, "bytes");
    long from = 0;
    long to = length - 1;
    Optional<String> header = exchange.header("Range");
    Matcher range = RANGE.matcher(header.orElse(""));
    if (range.matches() && !(range.group(1).isEmpty() && range.group(2).isEmpty())) {
      if (range.group(1).isEmpty()) {
        from = Math.max(0, length - Long.parseLong(range.group(2)));
      } else {
        from = Long.parseLong(range.group(1));
        to = range.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(range.group(2)));
      }
      if (from > to) {
        exchange.response().header(HeaderNames.CONTENT_RANGE, "bytes */" + length);
        throw Problem.rangeNotSatisfiable(length);
      }
      exchange.response().status(206);
      exchange
          .response()
          .header(HeaderNames.CONTENT_RANGE, "bytes %d-%d/%d".formatted(from, to, length));
    } else {
      exchange.response().status(200);
    }
    exchange.response().contentLength(to - from + 1);
    try (InputStream in = content.open();
        OutputStream out = exchange.response().outputStream()) {
      in.skipNBytes(from);
      copy(in, out, to - from + 1);
    }
  }

  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("the file is shorter than it was");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }
}
