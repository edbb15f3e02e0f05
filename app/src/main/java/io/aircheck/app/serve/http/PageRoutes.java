package io.aircheck.app.serve.http;

import io.aircheck.app.serve.page.PageFile;
import io.aircheck.app.serve.page.PageFiles;
import io.aircheck.app.serve.settings.Role;
import io.helidon.http.HeaderNames;
import java.util.regex.Pattern;

/** The web page. */
final class PageRoutes implements Routes.Part {
  /** Pages that the script draws: each can be opened and reloaded by its own address. */
  private static final String[] VIEWS = {
    "/", "/streams/{id}", "/incidents", "/incidents/{id}", "/checks", "/checks/{id}", "/settings"
  };

  /** The coding, unless with a weight of 0, which refuses it (RFC 9110, 12.5.3). */
  private static final Pattern GZIP =
      Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

  @Override
  public void register(Routes routes) {
    // They are read before somebody waits for them, and nobody waits meanwhile.
    Thread.ofVirtual().name("page-files").start(PageFiles::installed);
    for (String view : VIEWS) {
      routes.on("GET", view, Role.NOBODY, exchange -> file(exchange, PageFiles.DOCUMENT));
    }
    routes.on(
        "GET",
        "/page/{+path}",
        Role.NOBODY,
        exchange -> file(exchange, "/page/" + exchange.path("path")));
  }

  private void file(Exchange exchange, String address) {
    PageFile file =
        PageFiles.installed()
            .find(address)
            .orElseThrow(() -> Problem.notFound("the page has no file of that name"));
    exchange
        .response()
        .header(HeaderNames.ETAG, file.tag())
        // Kept, but asked for each time whether it is still the same: a new version is seen at
        // once.
        .header(HeaderNames.CACHE_CONTROL, "no-cache")
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
