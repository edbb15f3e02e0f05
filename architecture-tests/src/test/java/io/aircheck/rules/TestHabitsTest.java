package io.aircheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestHabitsTest {
  private static final SourceTree TREE = SourceTree.ofWorkingDirectory();

  @Test
  void tests_neverSleep() {
    assertThat(testsContaining("Thread." + "sleep(")).isEmpty();
  }

  @Test
  void tests_areNeverSwitchedOff() {
    assertThat(testsContaining("@" + "Disabled")).isEmpty();
  }

  @Test
  void tests_useNoMockingLibrary() {
    assertThat(testsContaining("org." + "mockito")).isEmpty();
  }

  private static List<String> testsContaining(String words) {
    return TREE.filesEnding(".java").stream()
        .filter(file -> TREE.relative(file).contains("/src/test/"))
        .filter(file -> SourceTree.read(file).contains(words))
        .map(TREE::relative)
        .toList();
  }
}
