package io.aircheck.app.serve.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page's files as they are written, on the class path: its own, and those of libraries. */
final class PageSources {
  private static final String OWN = "/page/";
  private static final String LIBRARIES = "/page/lib/";

  private final WebJars libraries = WebJars.installed();

  /**
   * Text of a file.
   *
   * @param address such as {@code /page/kit/api.js}
   * @throws IllegalStateException when it is not packaged
   */
  String text(String address) {
    String resource =
        address.startsWith(LIBRARIES)
            ? libraries.resource(address.substring(LIBRARIES.length()))
            : address.substring(OWN.length());
    try (InputStream in = PageSources.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the page's file %s is not packaged".formatted(address));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
