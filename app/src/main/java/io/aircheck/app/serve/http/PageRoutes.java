package io.aircheck.app.serve.http;

import io.aircheck.app.serve.page.PageFile;
import io.aircheck.app.serve.page.PageFiles;
import io.aircheck.app.serve.settings.Role;

/** The web page. */
final class PageRoutes implements Routes.Part {
  /** Pages that the script draws: each can be opened and reloaded by its own address. */
  private static final String[] VIEWS = {
    "/",
    "/streams/{id}",
    "/incidents",
    "/incidents/{id}",
    "/viewers",
    "/viewers/kept",
    "/viewers/session",
    "/viewers/sessions/{id}",
    "/checks",
    "/checks/{id}",
    "/settings"
  };

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
    // Kept, but asked for each time whether it is still the same: a new version is seen at once.
    FileSending.send(exchange, file, "no-cache");
  }
}
