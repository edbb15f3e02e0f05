package io.aircheck.app.serve.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the page, in memory: the document, its styles in one file, its script in few (see
 * {@link ModuleChunks}), its sign. Immutable.
 */
public final class PageFiles {
  /** The document, which every view begins with. */
  public static final String DOCUMENT = "/page/index.html";

  private static final String MAIN = "/page/main.js";
  private static final String STYLES = "/page/css/page.css";
  private static final String SIGN = "/page/favicon.svg";

  private static final Pattern IMPORTED_STYLES = Pattern.compile("@import \"([^\"]+)\";\n");

  private final Map<String, PageFile> files;

  private PageFiles(Map<String, PageFile> files) {
    this.files = files;
  }

  /** Reads them once, whoever asks first. */
  private static final class Installed {
    static final PageFiles FILES = read();
  }

  /**
   * The files on the class path. The first call takes some tenths of a second.
   *
   * @throws IllegalStateException when one is not packaged
   */
  public static PageFiles installed() {
    return Installed.FILES;
  }

  private static PageFiles read() {
    PageSources sources = new PageSources();
    Map<String, PageFile> files = new HashMap<>();
    files.put(DOCUMENT, PageFile.of("text/html; charset=utf-8", sources.text(DOCUMENT)));
    files.put(STYLES, PageFile.of("text/css; charset=utf-8", styles(sources)));
    files.put(SIGN, PageFile.of("image/svg+xml", sources.text(SIGN)));
    ModuleChunks.of(MAIN, sources::text)
        .forEach(
            (address, text) ->
                files.put(address, PageFile.of("text/javascript; charset=utf-8", text)));
    return new PageFiles(Map.copyOf(files));
  }

  /**
   * A file.
   *
   * @param address such as {@code /page/main.js}
   */
  public Optional<PageFile> find(String address) {
    return Optional.ofNullable(files.get(address));
  }

  /** Style sheets that the one of the page names, in its place. */
  private static String styles(PageSources sources) {
    return IMPORTED_STYLES
        .matcher(sources.text(STYLES))
        .replaceAll(found -> Matcher.quoteReplacement(sources.text(found.group(1))));
  }
}
