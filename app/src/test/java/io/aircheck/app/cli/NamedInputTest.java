package io.aircheck.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.app.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedInputTest {
  private static final Map<String, StreamEntry> STREAMS = new LinkedHashMap<>();

  static {
    STREAMS.put("news", new StreamEntry("udp://239.0.0.1:1", "news.ts"));
    STREAMS.put("sports", new StreamEntry("udp://239.0.0.1:2", null));
  }

  @Test
  void of_noArguments_isAllStreamsInOrder() {
    assertThat(NamedInput.of(List.of(), null, STREAMS))
        .containsExactly(
            new NamedInput("udp://239.0.0.1:1", Optional.of("news.ts")),
            new NamedInput("udp://239.0.0.1:2", Optional.empty()));
  }

  @Test
  void of_arguments_areNamesOrInputsOrNeither() {
    assertThat(NamedInput.of(List.of("news", "udp://239.0.0.1:1", "other.ts"), null, STREAMS))
        .containsExactly(
            new NamedInput("udp://239.0.0.1:1", Optional.of("news.ts")),
            new NamedInput("udp://239.0.0.1:1", Optional.of("news.ts")),
            new NamedInput("other.ts", Optional.empty()));
  }

  @Test
  void of_referenceOfTheCommandLine_wins() {
    assertThat(NamedInput.of(List.of("news"), "mine.ts", STREAMS))
        .containsExactly(new NamedInput("udp://239.0.0.1:1", Optional.of("mine.ts")));
  }

  @Test
  void of_nothing_saysWhatToDo() {
    assertThatThrownBy(() -> NamedInput.of(List.of(), null, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no INPUT");
  }
}
