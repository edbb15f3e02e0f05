package io.aircheck.deploy.isolated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  private static final String CRASH =
      """
      WARNING: something earlier
      #
      # A fatal error has been detected by the Java Runtime Environment:
      #
      #  SIGSEGV (0xb) at pc=0x00007f8a3aff9f14, pid=23332, tid=23340
      #
      Current thread (0x00007f8a34019ea0):  JavaThread "aircheck-sport-1-720p"        daemon [_thread_in_native, id=23340]
      Native frames: (J=compiled Java code, j=interpreted, Vv=VM code, C=native code)
      C  [libavcodec.so.62+0x85f14]

      Registers:
      RAX=0x73656372657473ca
      """;

  private static LastWords heard(String text) {
    LastWords words = new LastWords();
    words.listen(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return words;
  }

  private static Death death(LastWords words) {
    return new Death("process 1", "crashed", words.lines(), words.thread());
  }

  @Test
  void lines_manyLines_areTheLatest() {
    LastWords words =
        heard(IntStream.range(0, 100).mapToObj(i -> "line " + i).collect(Collectors.joining("\n")));

    assertThat(words.lines()).hasSize(40).startsWith("line 60").endsWith("line 99");
    assertThat(words.signal()).isEmpty();
  }

  @Test
  void lines_crash_areItsBeginningWithoutMemory() {
    LastWords words = heard(CRASH + "more\n".repeat(200));

    assertThat(words.lines().getFirst()).startsWith("# A fatal error");
    assertThat(words.lines()).noneMatch(line -> line.contains("RAX") || line.contains("earlier"));
    assertThat(words.signal()).contains("SIGSEGV");
  }

  @Test
  void culprit_threadOfAStream_isTheOneWithTheLongestNameThatFits() {
    Death death = death(heard(CRASH));

    assertThat(death.culprit(List.of("sport", "sport-1", "sport-17", "news"))).contains("sport-1");
    assertThat(death.culprit(List.of("news"))).isEmpty();
  }

  @Test
  void culprit_noCrash_isUnknown() {
    assertThat(death(heard("Killed\n")).culprit(List.of("news"))).isEqualTo(Optional.empty());
  }

  @Test
  void words_exitStatus_nameTheSignal() {
    assertThat(Death.words(137)).isEqualTo("killed by signal 9 (SIGKILL)");
    assertThat(Death.words(160)).isEqualTo("killed by signal 32");
    assertThat(Death.words(3)).isEqualTo("out of memory (exit status 3)");
    assertThat(Death.words(1)).isEqualTo("exit status 1");
  }
}
