package io.aircheck.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.app.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("aircheck.yaml"), text);
  }

  @Test
  void read_complete_givesEverything() throws IOException {
    ConfigFile config =
        ConfigFile.read(
            file(
                """
                detectors: [video.black, audio.*]
                options:
                  video.black:
                    minDurationSeconds: 2
                failOn: warning
                readTimeoutSeconds: 5
                keys:
                  "*": ${KEY}
                """),
            Map.of("KEY", "00112233445566778899aabbccddeeff"));

    assertThat(config.detectors()).containsExactly("video.black", "audio.*");
    assertThat(config.overrides())
        .containsExactly(Map.entry("video.black.minDurationSeconds", 2.0));
    assertThat(config.failOn()).contains(FailOn.WARNING);
    assertThat(config.keys()).containsEntry("*", "00112233445566778899aabbccddeeff");
  }

  @Test
  void read_unknownSetting_namesLineAndTheNearestKnownOne() throws IOException {
    Path file = file("detectors: []\nfailon: error\n");

    assertThatThrownBy(() -> ConfigFile.read(file, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ":2: failon: unknown setting failon; did you mean failOn?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "options: {video.black: {a: x}} | options.video.black.a: must be a number",
        "detectors: video.black | detectors: must be a list",
        "[a, b] | must be names with values",
        "failOn: nevr | failOn: must be info, warning, error or never, not nevr",
        "'detectors: [' | expected the node content",
        "'{failOn: error, failOn: info}' | Duplicate field",
      })
  void read_wrongFile_saysWhereAndWhatInWordsOfTheFormat(String text, String message)
      throws IOException {
    Path file = file(text);

    assertThatThrownBy(() -> ConfigFile.read(file, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + ":1: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("java")
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_streams_keepsOrderAndFillsInTheEnvironment() throws IOException {
    ConfigFile config =
        ConfigFile.read(
            file(
                """
                streams:
                  sports:
                    input: udp://239.0.0.1:5000
                  news:
                    input: https://cdn.example/${TOKEN}/news.m3u8
                    reference: news.ts
                """),
            Map.of("TOKEN", "t1"));

    assertThat(config.streams())
        .containsExactly(
            Map.entry("sports", new StreamEntry("udp://239.0.0.1:5000", null)),
            Map.entry("news", new StreamEntry("https://cdn.example/t1/news.m3u8", "news.ts")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{reference: b.ts} | lacks its input; write input: FILE or ADDRESS",
        "'' | lacks its input; write input: FILE or ADDRESS",
        "{input: a.ts, reference: a.ts} | .reference is the input itself",
        "{input: a.ts, reference: ''} | .reference is empty",
        "{input: '${AIRCHECK_NO_SUCH}'} | .input: the environment variable AIRCHECK_NO_SUCH is not",
        "{input: a.ts, referense: b.ts} | unknown setting referense; did you mean reference?",
        "udp://239.0.0.1:5000 | must be names with values",
      })
  void read_wrongStream_saysWhereAndWhatToDo(String entry, String message) throws IOException {
    Path file = file("failOn: error\nstreams:\n  news: " + entry + "\n");

    assertThatThrownBy(() -> ConfigFile.read(file, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("java")
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_streamWithoutInput_namesTheLine() throws IOException {
    Path file = file("streams:\n  sports:\n    input: a.ts\n  news:\n    reference: b.ts\n");

    assertThatThrownBy(() -> ConfigFile.read(file, Map.of()))
        .hasMessage(file + ":4: streams.news lacks its input; write input: FILE or ADDRESS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n", "---\n"})
  void read_nothingSet_isTheDefaults(String text) throws IOException {
    assertThat(ConfigFile.read(file(text), Map.of())).isEqualTo(ConfigFile.EMPTY);
  }

  @Test
  void read_missingVariable_namesItAndNotTheKey() throws IOException {
    Path file = file("keys: {\"*\": \"${AIRCHECK_NO_SUCH_KEY}\"}\n");

    assertThatThrownBy(() -> ConfigFile.read(file, Map.of()))
        .hasMessage(file + ":1: keys.*: the environment variable AIRCHECK_NO_SUCH_KEY is not set");
  }

  @Test
  void read_noFile_saysSo() {
    Path file = folder.resolve("missing.yaml");

    assertThatThrownBy(() -> ConfigFile.read(file, Map.of()))
        .hasMessage(file + ": cannot read the configuration; check the path");
  }

  @Test
  void gather_wrongKey_isNotPrinted() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "# comment\nsecret0123\n");

    assertThatThrownBy(() -> DecryptionKeys.gather(Map.of(), keys, Map.of()))
        .hasMessageStartingWith(keys + ":2: must be KID:KEY or KEY")
        .hasMessageNotContaining("secret0123");
  }
}
