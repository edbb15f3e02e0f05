package io.aircheck.app.serve.http;

import io.aircheck.app.serve.settings.Role;

/** Where the parts of the API say what they answer. */
interface Routes {

  /**
   * A route.
   *
   * @param method such as {@code GET}
   * @param path such as <code>/v1/streams/{id}</code>
   * @param role what a token must allow
   */
  void on(String method, String path, Role role, ApiHandler handler);

  /**
   * A route for everybody, from pages of everybody, without a token and without checks of where a
   * request comes from: what it does must harm nobody.
   */
  void open(String method, String path, ApiHandler handler);

  /** A part of the API. */
  @FunctionalInterface
  interface Part {
    void register(Routes routes);
  }
}
