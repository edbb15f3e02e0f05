package io.aircheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.baseline.BaselinePolicy;
import io.aircheck.experience.baseline.RatioRule;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page of alerts has the rules by which they begin and end. */
class AlertsPageTest {
  private static final List<String> ROWS =
      SourceTree.read(SourceTree.ofWorkingDirectory().root().resolve("docs/viewers/alerts.md"))
          .lines()
          .toList();

  @Test
  void everyRatio_hasARowWithItsFactor() {
    for (RatioRule rule : RatioRule.DEFAULTS) {
      String row =
          "| `%s` ".formatted(rule.ratio().id())
              + "| %s ".formatted(rule.worse().name().toLowerCase(Locale.ROOT))
              + "| %s |".formatted(rule.leastFactor());
      assertThat(ROWS).as(row).anyMatch(line -> line.startsWith(row));
    }
  }

  @Test
  void everyRule_hasARowWithItsDefault() throws ReflectiveOperationException {
    List<String> rows = new ArrayList<>();
    rows.addAll(rows(AlertPolicy.DEFAULT, List.of("rules", "baseline")));
    rows.addAll(rows(BaselinePolicy.DEFAULT, List.of()));
    assertThat(rows).allSatisfy(row -> assertThat(ROWS).anyMatch(line -> line.startsWith(row)));
  }

  private static List<String> rows(Record policy, List<String> without)
      throws ReflectiveOperationException {
    List<String> rows = new ArrayList<>();
    for (RecordComponent rule : policy.getClass().getRecordComponents()) {
      if (!without.contains(rule.getName())) {
        rows.add("| `%s` | %s |".formatted(rule.getName(), rule.getAccessor().invoke(policy)));
      }
    }
    return rows;
  }
}
