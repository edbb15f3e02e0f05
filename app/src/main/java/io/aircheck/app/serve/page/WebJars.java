package io.aircheck.app.serve.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Libraries of the web page, which come as WebJars: where on the class path their files are. */
final class WebJars {
  private static final String GROUP = "org.webjars.npm";

  /** Folder inside of each library that the page may load from. */
  private static final Map<String, String> FOLDERS = Map.of("lit-html", "", "uplot", "dist/");

  private final Map<String, String> roots;

  private WebJars(Map<String, String> roots) {
    this.roots = roots;
  }

  /**
   * Finds the libraries, in the versions that are on the class path.
   *
   * @throws IllegalStateException when one is not packaged
   */
  static WebJars installed() {
    Map<String, String> roots = new HashMap<>();
    FOLDERS.forEach(
        (library, folder) ->
            roots.put(
                library,
                "/META-INF/resources/webjars/%s/%s/%s"
                    .formatted(library, version(library), folder)));
    return new WebJars(Map.copyOf(roots));
  }

  private static String version(String library) {
    String description = "/META-INF/maven/%s/%s/pom.properties".formatted(GROUP, library);
    try (InputStream in = WebJars.class.getResourceAsStream(description)) {
      if (in == null) {
        throw new IllegalStateException("the library %s is not packaged".formatted(library));
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file of a library on the class path.
   *
   * @param name library and file, such as {@code lit-html/lit-html.js}
   * @throws IllegalArgumentException when the page has no such library
   */
  String resource(String name) {
    int slash = name.indexOf('/');
    String root = slash < 0 ? null : roots.get(name.substring(0, slash));
    if (root == null) {
      throw new IllegalArgumentException("the page has no library for " + name);
    }
    return root + name.substring(slash + 1);
  }
}
