package io.aircheck.app.serve.http;

import io.aircheck.app.serve.settings.Role;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;

/** The web page: files of this package, and libraries that come as WebJars. */
final class PageRoutes implements Routes.Part {
  private static final String PAGES = "/io/aircheck/app/serve/page/";

  /** Where libraries are, below the files of the page. */
  private static final String LIBRARIES = "lib/";

  /** Names that cannot lead out of the folder. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9-]+(/[A-Za-z0-9-]+)*\\.[a-z0-9.]+");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "png", "image/png",
          "woff2", "font/woff2");

  /** Pages that the script draws: each can be opened and reloaded by its own address. */
  private static final String[] VIEWS = {
    "/", "/streams/{id}", "/incidents", "/incidents/{id}", "/checks", "/checks/{id}", "/settings"
  };

  private final WebJars libraries = WebJars.installed();

  @Override
  public void register(Routes routes) {
    for (String view : VIEWS) {
      routes.on("GET", view, Role.NOBODY, exchange -> file(exchange, "index.html"));
    }
    routes.on(
        "GET", "/page/{+path}", Role.NOBODY, exchange -> file(exchange, exchange.path("path")));
  }

  private void file(Exchange exchange, String name) throws IOException {
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
    if (type.isEmpty() || !NAME.matcher(name).matches()) {
      throw Problem.notFound("there is no file of that name");
    }
    String resource =
        name.startsWith(LIBRARIES)
            ? libraries.resource(name.substring(LIBRARIES.length())).orElse("")
            : PAGES + name;
    try (InputStream in =
        resource.isEmpty() ? null : PageRoutes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw Problem.notFound("there is no file of that name");
      }
      exchange.response().header(HeaderNames.CACHE_CONTROL, "no-cache");
      exchange.send(200, type, in.readAllBytes());
    }
  }
}
