package io.aircheck.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
  private static final int SAMPLE_RATE = 48_000;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String silence = "";

  /** Four seconds of digital silence: no pictures, one defect. */
  @BeforeEach
  void writeSilence() throws IOException {
    Path file = folder.resolve("silence.wav");
    byte[] samples = new byte[4 * SAMPLE_RATE * 2];
    AudioFormat format = new AudioFormat(SAMPLE_RATE, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(samples), format, 4 * SAMPLE_RATE),
        AudioFileFormat.Type.WAVE,
        file.toFile());
    silence = file.toString();
  }

  /** A device on which the disk is always full, where there is one. */
  private static final String FULL = "/dev/full";

  private static final String SHORT = "audio.silence.minDurationSeconds=1";

  private int run(String... args) {
    return AircheckCommand.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void check_soundAloneAsJson_followsTheContract() throws IOException {
    int status = run("check", silence, "--format", "json", "--set", SHORT, "--fail-on", "info");

    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(status).isEqualTo(ExitStatus.FINDINGS);
    assertThat(report.path("findings").findValuesAsText("kind")).contains("audio.silence");
    assertThat(report.at("/findings/0/rendition").isNull()).isTrue();
    assertThat(report.path("schema").asText()).isEqualTo("aircheck.report/1");
    assertThat(report.at("/input/durationSeconds").asDouble()).isEqualTo(4.0);
    assertThat(report.at("/input/tracks/0/id").asText()).isEqualTo("audio:0");
    assertThat(report.at("/analysis/audioSeconds").asDouble()).isEqualTo(4.0);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void check_failOnNever_exitsWithZero() {
    assertThat(run("check", silence, "--fail-on", "never")).isEqualTo(ExitStatus.OK);
  }

  @Test
  void check_missingFileAmongOthers_goesOnAndExitsWithThree() throws IOException {
    String missing = folder.resolve("missing.mp4").toString();

    int status = run("check", missing, silence, "--format", "json");

    JsonNode reports = new ObjectMapper().readTree(out.toString());
    assertThat(status).isEqualTo(ExitStatus.INPUT);
    assertThat(reports).hasSize(2);
    assertThat(reports.at("/0/error").asText()).contains(missing);
    assertThat(reports.at("/0/input/container").isNull()).isTrue();
    assertThat(reports.at("/0/input/tracks").isArray()).isTrue();
    assertThat(reports.at("/1/input/container").asText()).isEqualTo("wav");
    assertThat(err.toString().lines()).singleElement().asString().contains(missing);
  }

  @Test
  void check_unknownKind_suggestsAndExitsWithTwo() {
    int status = run("check", silence, "--detectors", "audio.silense");

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString().strip())
        .isEqualTo("aircheck: unknown detector audio.silense; did you mean audio.silence?");
  }

  @Test
  void check_optionOutOfRange_saysRangeAndExitsWithTwo() {
    int status = run("check", silence, "--set", "audio.silence.minDurationSeconds=-1");

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("audio.silence.minDurationSeconds is -1, must be from 0 to 3600 s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fromat json | unknown option --fromat; did you mean --format? (see aircheck check --help)",
        "--format jsn | must be text, json, junit or html, not jsn",
        "--fail-on bad | must be info, warning, error or never, not bad",
        "--duration abc | abc is not a number",
        "--set audio.silence.minDurationSeconds=x | minDurationSeconds is x, must be a number",
        "--set minDurationSeconds=1 | lacks its detector; write KIND.option",
        "--set audio | write KIND.option=value",
        "--read-timeout 0 | --read-timeout is 0.0, must be from 0.1 to 3600 s",
      })
  void check_wrongOption_isOneLineAndStatusTwo(String options, String message) {
    String[] words = options.split(" ");

    int status = run("check", silence, words[0], words[1]);

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString().lines()).singleElement().asString().contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void run_unknownCommand_suggestsTheNearest() {
    assertThat(run("chek", silence)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("aircheck: unknown command chek; did you mean check?");
  }

  @Test
  void check_emptyName_isNotTheCurrentFolder() {
    assertThat(run("check", "")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("an input has no name");
  }

  @Test
  void check_outputInNoFolder_isSaidBeforeAnythingIsRead() {
    Path report = folder.resolve("nowhere/report.json");

    int status = run("check", "no-such-input", "--output", report.toString());

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("cannot write the report to " + report + ": there is no folder");
  }

  @Test
  @EnabledIf("hasFullDevice")
  void check_fullDiskBehindReportOrMetrics_isStatusTwo() {
    assertThat(run("check", silence, "--output", FULL)).isEqualTo(ExitStatus.USAGE);
    assertThat(run("check", silence, "--metrics", FULL)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("cannot write the report to " + FULL, "cannot write metrics to " + FULL)
        .doesNotContain("failed and was left out");
    assertThat(out.toString()).contains("silence.wav");
  }

  static boolean hasFullDevice() {
    return Files.exists(Path.of(FULL));
  }

  @Test
  void check_referenceThatCannotBeOpened_reportsAndExitsWithThree() throws IOException {
    String other = folder.resolve("other.wav").toString();

    int status =
        run("check", silence, "--reference", other, "--format", "json", "--fail-on", "never");

    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(status).isEqualTo(ExitStatus.INPUT);
    assertThat(report.path("error").asText()).startsWith("reference ").contains(other);
    assertThat(report.at("/input/container").asText()).isEqualTo("wav");
    assertThat(report.at("/analysis/audioSeconds").asDouble()).isEqualTo(4.0);
  }

  @Test
  void check_streamsOfTheConfiguration_eachWithItsReference() throws IOException {
    String other = folder.resolve("other.wav").toString();
    Path config =
        Files.writeString(
            folder.resolve("streams.yaml"),
            "streams: {plain: {input: '%s'}, compared: {input: '%s', reference: '%s'}}"
                .formatted(silence, silence, other));

    run("check", "--config", config.toString(), "--format", "json", "--fail-on", "never");

    JsonNode reports = new ObjectMapper().readTree(out.toString());
    assertThat(reports).hasSize(2);
    assertThat(reports.at("/0/error").isNull() || reports.at("/0/error").isMissingNode()).isTrue();
    assertThat(reports.at("/1/error").asText()).startsWith("reference ").contains(other);
  }

  @Test
  void check_noInputAnywhere_saysWhatToDo() {
    assertThat(run("check")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("there is no INPUT; name one, or give a file with streams by --config");
  }

  @Test
  void check_missingFileAsJunit_skipsWhatWasNotLookedAt() {
    run("check", folder.resolve("missing.mp4").toString(), "--format", "junit");

    assertThat(out.toString()).contains("errors=\"1\"", "name=\"video.black\"><skipped/>");
  }

  @Test
  void check_metrics_areLinesOfJson() throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");

    run("check", silence, "--metrics", metrics.toString());

    JsonNode first = new ObjectMapper().readTree(Files.readAllLines(metrics).getFirst());
    assertThat(first.path("track").asText()).isEqualTo("audio:0");
    assertThat(first.path("t").isNumber()).isTrue();
    assertThat(first.path("metric").asText()).startsWith("audio.");
  }

  @Test
  void check_html_isOnePageWithoutOtherFiles() {
    run("check", silence, "--format", "html", "--set", SHORT);

    assertThat(out.toString())
        .startsWith("<!doctype html>")
        .contains("silence.wav", "audio.silence")
        .doesNotContain("/*DATA*/")
        .doesNotContain("src=\"http")
        .doesNotContain("href=\"http");
  }

  @Test
  void check_junit_hasOneFailureForTheKind() {
    run("check", silence, "--format", "junit", "--fail-on", "info", "--set", SHORT);

    assertThat(out.toString())
        .contains("<testcase classname=\"" + silence + "\" name=\"audio.silence\">")
        .contains("failures=\"1\"")
        .contains("<failure type=");
  }

  @Test
  void run_noCommand_printsUsageAndExitsWithTwo() {
    assertThat(run()).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("Usage: aircheck");
  }
}
