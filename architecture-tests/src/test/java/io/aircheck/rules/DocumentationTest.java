package io.aircheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.DetectorProvider;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Ratio;
import io.aircheck.experience.session.SessionPolicy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents drift unless the build compares them with the code. */
class DocumentationTest {
  private static final SourceTree TREE = SourceTree.ofWorkingDirectory();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final List<String> HEADINGS =
      List.of(
          "## What a ",
          "## Metric",
          "## Options",
          "## Severity and confidence",
          "## Known bad cases");

  @Test
  void everyKind_hasAPageWithTheUsualHeadings() {
    List<String> faults = new ArrayList<>();
    for (DetectorFactory factory : factories()) {
      for (String kind : factory.kinds()) {
        Path page = page(kind);
        if (!Files.exists(page)) {
          faults.add(kind + " has no page " + TREE.relative(page));
          continue;
        }
        String text = SourceTree.read(page);
        HEADINGS.stream()
            .filter(heading -> !text.contains(heading))
            .forEach(heading -> faults.add(TREE.relative(page) + " lacks " + heading));
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyOption_standsOnThePageWithItsDefault() {
    List<String> faults = new ArrayList<>();
    for (DetectorFactory factory : factories()) {
      if (!Files.exists(page(factory.kind()))) {
        continue; // told by the test above
      }
      List<String> rows = SourceTree.read(page(factory.kind())).lines().toList();
      for (OptionSpec option : factory.options()) {
        boolean documented =
            rows.stream()
                .filter(row -> row.startsWith("|") && row.contains("`" + option.name() + "`"))
                .anyMatch(row -> hasCell(row, option.defaultValue()));
        if (!documented) {
          faults.add(
              "docs/detectors/%s.md: no table row for `%s` with default %s"
                  .formatted(factory.kind(), option.name(), plain(option.defaultValue())));
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everySettingOfAChannel_standsInTheSectionOfItsType() {
    String page = SourceTree.read(TREE.root().resolve("docs/channels.md"));
    List<String> faults = new ArrayList<>();
    for (NotifierFactory factory : NotifierCatalog.installed().factories()) {
      String section = section(page, factory.type());
      List<String> rows = section.lines().filter(line -> line.startsWith("| `")).toList();
      List<String> expected = factory.settings().stream().map(DocumentationTest::row).toList();
      expected.stream()
          .filter(row -> !rows.contains(row))
          .forEach(row -> faults.add(factory.type() + " lacks " + row));
      rows.stream()
          .filter(row -> !expected.contains(row))
          .forEach(row -> faults.add(factory.type() + " has no setting " + row));
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyMeasureOfViewers_standsOnItsPage() {
    List<String> rows = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      rows.add("| `%s` | %s | %s |".formatted(measure.id(), measure.unit(), measure.meaning()));
    }
    for (Ratio ratio : Ratio.values()) {
      rows.add(
          "| `%s` | %s | `%s` / `%s` | %s |"
              .formatted(
                  ratio.id(), ratio.unit(), ratio.over().id(), ratio.under().id(), ratio.scale()));
    }
    for (RecordComponent rule : SessionPolicy.class.getRecordComponents()) {
      rows.add("| `%s` | %s |".formatted(rule.getName(), defaultOf(rule)));
    }
    String page = SourceTree.read(TREE.root().resolve("docs/viewers/metrics.md"));
    assertThat(rows).allSatisfy(row -> assertThat(page).contains(row));
  }

  private static Object defaultOf(RecordComponent rule) {
    try {
      return rule.getAccessor().invoke(SessionPolicy.DEFAULT);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String section(String page, String type) {
    String heading = "\n## " + type + "\n";
    int start = page.indexOf(heading);
    if (start < 0) {
      return "";
    }
    int end = page.indexOf("\n## ", start + heading.length());
    return page.substring(start, end < 0 ? page.length() : end);
  }

  private static String row(ChannelSetting setting) {
    String need = setting.required() ? "required" : "";
    String secret = setting.secret() ? "secret" : "";
    String mark = need + (need.isEmpty() || secret.isEmpty() ? "" : ", ") + secret;
    String value = setting.defaultValue();
    return "| `%s` |%s |%s | %s |"
        .formatted(
            setting.name(),
            value == null ? "" : " `" + value + "`",
            mark.isEmpty() ? "" : " " + mark,
            setting.help());
  }

  @Test
  void linksBetweenDocuments_leadSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path document : TREE.filesEnding(".md")) {
      Matcher link = LINK.matcher(SourceTree.read(document));
      while (link.find()) {
        Path target = document.resolveSibling(link.group(1)).normalize();
        if (!Files.exists(target)) {
          broken.add(TREE.relative(document) + " -> " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean hasCell(String row, double value) {
    for (String cell : row.split("\\|", -1)) {
      String word = cell.strip().replace("`", "").replace("−", "-").split(" ", 2)[0];
      try {
        if (Double.parseDouble(word) == value) {
          return true;
        }
      } catch (NumberFormatException e) {
        continue; // a cell of words
      }
    }
    return false;
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%s", value);
  }

  private static Path page(String kind) {
    return TREE.root().resolve("docs/detectors/" + kind + ".md");
  }

  private static List<DetectorFactory> factories() {
    return ServiceLoader.load(DetectorProvider.class).stream()
        .flatMap(provider -> provider.get().factories().stream())
        .toList();
  }
}
