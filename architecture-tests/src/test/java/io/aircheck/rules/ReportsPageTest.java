package io.aircheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cmcd.CmcdKey;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Rejection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of viewers' reports has what the code understands. */
class ReportsPageTest {
  private static final List<String> ROWS =
      SourceTree.read(SourceTree.ofWorkingDirectory().root().resolve("docs/viewers/reports.md"))
          .lines()
          .toList();

  @ParameterizedTest
  @EnumSource(CmcdKey.class)
  void key_hasARow(CmcdKey key) {
    assertThat(ROWS).anyMatch(row -> row.startsWith("| `" + key.key() + "` |"));
  }

  @ParameterizedTest
  @EnumSource(Rejection.class)
  void reason_hasARow(Rejection reason) {
    assertThat(ROWS).anyMatch(row -> row.startsWith("| `" + reason + "` |"));
  }

  @ParameterizedTest
  @EnumSource(Quirk.class)
  void quirk_hasARowWithThePlayersItWasSeenIn(Quirk quirk) {
    assertThat(ROWS)
        .anyMatch(row -> row.startsWith("| `" + quirk + "` | " + quirk.seenIn() + " |"));
  }
}
