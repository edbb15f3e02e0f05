package io.aircheck.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.MovingClip;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return AircheckCommand.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cost | name an input by --measure, or a file by --measured",
        "cost --measure a --measured b | give one of them",
        "cost --measure a --deployments inproces | unknown deployment inproces; did you mean",
        "cost --measured nowhere.json | nowhere.json",
        "cost --measure a --duration 1 | --duration is 1.0, must be 5.0 or more",
        "cost --plan streams=1,detectors=video.blak | did you mean video.black?",
        "cost --plan streams=1,detectors=video.black | add --measure INPUT",
        "cost --plan streams=1 --prices nowhere.yaml | nowhere.yaml",
      })
  void cost_wrongUse_isSaidInOneLine(String line, String words) {
    int status = run(line.split(" "));

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains(words).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void cost_missingInput_exitsWithThree() {
    assertThat(run("cost", "--measure", folder.resolve("no.mp4").toString()))
        .isEqualTo(ExitStatus.INPUT);
  }

  @Test
  void plan_withoutMeasuring_takesWhatTheMakersMeasured() throws Exception {
    int status = run("cost", "--plan", "streams=2000,hours=24", "--format", "json");

    JsonNode plan = new ObjectMapper().readTree(out.toString());
    assertThat(status).isEqualTo(ExitStatus.OK);
    assertThat(plan.path("schema").asText()).isEqualTo("aircheck.costplan/1");
    assertThat(plan.path("options").findValuesAsText("deployment")).contains("inprocess");
    double before = 0;
    for (JsonNode option : plan.path("options")) {
      assertThat(option.path("perHour").asDouble()).isGreaterThanOrEqualTo(before);
      before = option.path("perHour").asDouble();
    }
  }

  @Test
  @Tag("slow")
  void measure_aClip_billsProcessesAndSplitsOfThem() throws Exception {
    Path clip = folder.resolve("clip.ts");
    MovingClip.write(clip, 12, picture -> false);
    String[] command = {
      "cost",
      "--measure",
      clip.toString(),
      "--warm-up",
      "1",
      "--duration",
      "5",
      "--detectors",
      "video.black,video.freeze,audio.silence",
      "--deployments",
      "inprocess,isolated,flink,decode-again,convert-once",
      "--format",
      "json"
    };

    int status = run(command);

    assertThat(err.toString()).isEmpty();
    assertThat(status).isEqualTo(ExitStatus.OK);
    JsonNode measured = new ObjectMapper().readTree(out.toString());
    assertThat(measured.path("notMeasured")).isEmpty();
    assertThat(measured.path("deployments").findValuesAsText("id"))
        .containsExactly("inprocess", "isolated", "flink", "decode-again", "convert-once");
    for (JsonNode deployment : measured.path("deployments")) {
      for (JsonNode one : deployment.path("metered")) {
        double perStream =
            one.at("/amounts/streamSeconds").asDouble() / one.path("streams").asInt();
        assertThat(perStream).isBetween(4.9, 8.0);
        assertThat(one.at("/amounts/cpuSeconds").asDouble()).isPositive();
        assertThat(one.at("/amounts/memoryGbSeconds").asDouble()).isPositive();
      }
      assertThat(deployment.at("/perStreamHour/cost").asDouble()).isPositive();
    }
    // 160x96 in 4:2:0, 25 a second, for two receivers.
    JsonNode shared = measured.at("/deployments/4/metered/0/amounts");
    assertThat(shared.path("frameBytes").asDouble() / shared.path("streamSeconds").asDouble())
        .isGreaterThan(2 * 25 * 160 * 96 * 1.5 * 0.8);

    Path file = Files.writeString(folder.resolve("measured.json"), out.toString());
    StringWriter text = new StringWriter();
    AircheckCommand.run(
        new PrintWriter(text),
        new PrintWriter(err),
        "cost",
        "--measured",
        file.toString(),
        "--plan",
        "streams=10");
    assertThat(text.toString())
        .contains("10 streams, 24 hours a day, 3 detectors")
        .containsPattern("(?m)^flink +Fargate");
  }
}
