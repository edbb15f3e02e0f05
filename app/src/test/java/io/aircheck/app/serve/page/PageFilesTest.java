package io.aircheck.app.serve.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the files of the page say of each other. */
class PageFilesTest {
  private static final Path PAGE = Path.of("src/main/resources/io/aircheck/app/serve/page");
  private static final Pattern IMPORT = Pattern.compile("from \"(/page/[^\"]+)\"");
  private static final Pattern LAZY = Pattern.compile("import\\(\"(/page/[^\"]+)\"\\)");
  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"(/page/[^\"]+)\"");
  private static final Pattern INLINE = Pattern.compile("<(script|style)>|\\s(style|on[a-z]+)=\"");

  private static List<String> found(Pattern pattern, String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static Path file(String address) {
    return PAGE.resolve(address.substring("/page/".length()));
  }

  private static String text(String address) {
    return new String(
        PageFiles.installed().find(address).orElseThrow().plain(), StandardCharsets.UTF_8);
  }

  @Test
  void document_wall_needsThreeFilesBesides() {
    String document = text(PageFiles.DOCUMENT);

    assertThat(found(REFERENCE, document))
        .containsExactly("/page/favicon.svg", "/page/css/page.css", "/page/main.js");
    assertThat(text("/page/main.js")).doesNotContainPattern("(?m)^import ");
    assertThat(text("/page/css/page.css")).doesNotContain("@import").contains(":root", ".u-over");
  }

  @Test
  void find_whatScriptsNameOrLoad_isServed() {
    List<String> missing = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>(List.of("/page/main.js"));
    Set<String> seen = new TreeSet<>();
    while (!open.isEmpty()) {
      String address = open.remove();
      if (!seen.add(address)) {
        continue;
      }
      if (PageFiles.installed().find(address).isEmpty()) {
        missing.add(address);
        continue;
      }
      open.addAll(found(IMPORT, text(address)));
      open.addAll(found(LAZY, text(address)));
    }
    assertThat(missing).isEmpty();
    assertThat(seen).contains("/page/stream/view.js", "/page/charts/panel.js");
  }

  @Test
  void find_compressed_isTheSame() throws IOException {
    PageFile file = PageFiles.installed().find("/page/main.js").orElseThrow();

    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file.compressed()))) {
      assertThat(in.readAllBytes()).isEqualTo(file.plain());
    }
    assertThat(file.compressed().length).isLessThan(file.plain().length / 2);
  }

  @Test
  void imports_modules_areThere() throws IOException {
    List<String> missing = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PAGE)) {
      for (Path script : files.filter(f -> f.toString().endsWith(".js")).toList()) {
        String text = Files.readString(script);
        Stream.concat(found(IMPORT, text).stream(), found(LAZY, text).stream())
            .filter(name -> !name.startsWith("/page/lib/") && !Files.exists(file(name)))
            .forEach(name -> missing.add(script + " imports " + name));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void templates_contentSecurityPolicy_haveNothingInline() throws IOException {
    List<String> faults = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PAGE)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.(js|html)")).toList()) {
        if (INLINE.matcher(Files.readString(file)).find()) {
          faults.add(file.toString());
        }
      }
    }
    assertThat(faults).isEmpty();
  }
}
