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
import org.junit.jupiter.api.io.TempDir;

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
