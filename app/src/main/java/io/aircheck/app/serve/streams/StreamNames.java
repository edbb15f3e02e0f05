package io.aircheck.app.serve.streams;

import io.aircheck.core.media.MediaSources;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;

/** Ids for streams that were given none. */
final class StreamNames {
  private static final int MAX_NAME = 60;

  private StreamNames() {}

  /** An id made of an address: what people would call it, made unique. */
  static String freeId(String url, Collection<String> taken) {
    String base = nameOf(url);
    String id = base;
    for (int n = 2; taken.contains(id); n++) {
      id = base + "-" + n;
    }
    return id;
  }

  /** The last folder or file name that says something, or the host. */
  private static String nameOf(String url) {
    String path = url;
    String host = "stream";
    if (!MediaSources.schemeOf(url).equals("file")) {
      try {
        URI uri = URI.create(url);
        host = uri.getHost() == null ? host : uri.getHost();
        path = uri.getPath() == null ? "" : uri.getPath();
      } catch (IllegalArgumentException e) {
        path = "";
      }
    }
    String[] parts = path.split("/", -1);
    String best = host;
    for (String part : parts) {
      String stem = part.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
      String plain = stem.toLowerCase(Locale.ROOT);
      boolean says =
          !plain.isBlank()
              && !plain.matches("master|index|playlist|manifest|live|main|stream|hls|dash");
      if (says) {
        best = stem;
      }
    }
    String clean = best.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    String bounded = clean.substring(0, Math.min(MAX_NAME, clean.length()));
    return bounded.isEmpty() ? "stream" : bounded;
  }
}
