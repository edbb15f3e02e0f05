package io.aircheck.app.serve.http;

import io.aircheck.app.serve.page.PageFile;
import io.aircheck.app.serve.page.ViewerScript;
import io.aircheck.app.serve.settings.Role;
import io.helidon.http.HeaderNames;

/** The script that lets players report: for every page of everybody. */
final class ScriptRoutes implements Routes.Part {
  /** An hour: what is mended in it reaches viewers within it. */
  private static final String KEPT = "public, max-age=3600";

  @Override
  public void register(Routes routes) {
    routes.on("GET", "/aircheck.js", Role.NOBODY, ScriptRoutes::script);
  }

  private static void script(Exchange exchange) {
    PageFile file = ViewerScript.installed();
    exchange
        .response()
        .header(HeaderNames.create("Access-Control-Allow-Origin"), "*")
        .header(HeaderNames.create("Cross-Origin-Resource-Policy"), "cross-origin");
    FileSending.send(exchange, file, KEPT);
  }
}
