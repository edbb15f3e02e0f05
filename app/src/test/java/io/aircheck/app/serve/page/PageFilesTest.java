package io.aircheck.app.serve.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the files of the page say of each other. */
class PageFilesTest {
  private static final Path PAGE = Path.of("src/main/resources/io/aircheck/app/serve/page");
  private static final Pattern IMPORT = Pattern.compile("from \"(/page/[^\"]+)\"");
  private static final Pattern LAZY = Pattern.compile("import\\(\"(/page/[^\"]+)\"\\)");
  private static final Pattern PRELOAD = Pattern.compile("rel=\"modulepreload\" href=\"([^\"]+)\"");
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

  private static void follow(String address, Set<String> seen) throws IOException {
    if (address.startsWith("/page/lib/")) {
      return;
    }
    for (String next : found(IMPORT, Files.readString(file(address)))) {
      if (seen.add(next)) {
        follow(next, seen);
      }
    }
  }

  @Test
  void preloads_wall_areTheModulesThatItNeeds() throws IOException {
    Set<String> needed = new TreeSet<>();
    follow("/page/main.js", needed);
    assertThat(found(PRELOAD, Files.readString(PAGE.resolve("index.html"))))
        .containsExactlyElementsOf(needed);
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
