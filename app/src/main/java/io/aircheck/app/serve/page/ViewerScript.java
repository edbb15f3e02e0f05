package io.aircheck.app.serve.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The script that pages of others embed so that their players report: one file, as it is written.
 * See {@code docs/viewers/script.md}.
 */
public final class ViewerScript {
  private static final String RESOURCE = "/io/aircheck/app/serve/viewer/aircheck.js";

  private ViewerScript() {}

  /** Reads it once. */
  private static final class Installed {
    static final PageFile FILE = PageFile.of("text/javascript; charset=utf-8", text());
  }

  /**
   * The script as it is sent.
   *
   * @throws IllegalStateException when it is not packaged
   */
  public static PageFile installed() {
    return Installed.FILE;
  }

  private static String text() {
    try (InputStream in = ViewerScript.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not packaged");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
