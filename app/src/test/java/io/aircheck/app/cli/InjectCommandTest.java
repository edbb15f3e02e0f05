package io.aircheck.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.MovingClip;
import io.aircheck.core.media.MediaException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class InjectCommandTest {
  private static final int SECONDS = 8;

  @TempDir private static Path clips;
  private static Path clean = Path.of("");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A moving pattern and a tone. */
  @BeforeAll
  static void writeCleanClip() throws MediaException {
    clean = clips.resolve("clean.ts");
    MovingClip.write(clean, SECONDS, i -> false);
  }

  private int run(String... args) {
    return AircheckCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private int inject(String output, String... faults) {
    List<String> args =
        new ArrayList<>(List.of("inject", clean.toString(), folder.resolve(output).toString()));
    for (String fault : faults) {
      args.add("--fault");
      args.add(fault);
    }
    return run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blak@1+1      | out.ts  | unknown fault blak; did you mean black?",
        "black@1       | out.ts  | cannot read fault",
        "black@60+1    | out.ts  | black begins at 60.000 s",
        "black@1+1     | out.avi | cannot tell the container",
        "stall@1+1     | out.ts  | stall needs an HLS output",
        "pat_missing@1+1 | out.mp4 | pat_missing needs a transport stream",
      })
  void wrongRequest_isOneLineAndStatusTwo(String fault, String output, String message) {
    assertThat(inject(output, fault)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).startsWith("aircheck: ").contains(message);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(folder.resolve(output)).doesNotExist();
  }

  @Test
  void outputIsTheInput_isRefusedAndLeavesItAlone() throws IOException {
    long size = Files.size(clean);

    int status = run("inject", clean.toString(), clean.toString(), "--fault", "black@1+1");

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("is the input itself");
    assertThat(Files.size(clean)).isEqualTo(size);
  }

  @Test
  void missingInput_isStatusThree() {
    String output = folder.resolve("out.ts").toString();
    assertThat(run("inject", "nowhere.mp4", output, "--fault", "black@1+1"))
        .isEqualTo(ExitStatus.INPUT);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void labels_sayWhatWasInjected() throws IOException {
    assertThat(inject("out.mp4", "black@2+1.5", "silence@4+2")).isEqualTo(ExitStatus.OK);
    JsonNode clip = label("out.mp4.labels.json", "/clips/0");
    assertThat(clip.get("file").asText()).isEqualTo("out.mp4");
    assertThat(clip.get("duration_s").asDouble()).isBetween(7.9, 8.2);
    assertThat(clip.at("/events/0/kind").asText()).isEqualTo("black");
    assertThat(clip.at("/events/0/start").asDouble()).isEqualTo(2);
    assertThat(clip.at("/events/1/end").asDouble()).isEqualTo(6);
  }

  /** What is injected is found again, at the right time; clipping by the half second. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "black@2+2, video.black, 0.3",
    "freeze@2+3, video.freeze, 0.3",
    "silence@2+3, audio.silence, 0.3",
    "clipping@3+2, audio.clipping, 0.5",
    "channel_loss@1+6, audio.channel_loss, 0.3",
    "packet_loss@3+2, transport.continuity_count, 0.3",
    "timestamp_gap@3+1.5, stream.gap, 0.3",
    "timestamp_jump@3+1, stream.timestamp_jump, 0.3",
    "audio_missing@2+3, stream.audio_missing, 0.3",
    "pat_missing@3+1.5, transport.pat, 0.3",
  })
  void injectedFault_isFoundAgain(String fault, String kind, double grainSeconds)
      throws IOException {
    assertThat(inject("out.ts", fault)).isEqualTo(ExitStatus.OK);
    Path report = folder.resolve("report.json");
    run(
        "check",
        folder.resolve("out.ts").toString(),
        "--format",
        "json",
        "--output",
        report.toString(),
        "--detectors",
        kind);
    JsonNode findings = new ObjectMapper().readTree(Files.readString(report)).get("findings");
    double start = label("out.ts.labels.json", "/clips/0/events/0/start").asDouble();
    double end = label("out.ts.labels.json", "/clips/0/events/0/end").asDouble();
    assertThat(findings).isNotEmpty();
    assertThat(findings)
        .allSatisfy(
            finding -> {
              assertThat(finding.get("kind").asText()).isEqualTo(kind);
              assertThat(finding.get("startSeconds").asDouble())
                  .isBetween(start - grainSeconds, end);
              assertThat(finding.get("endSeconds").asDouble()).isBetween(start, end + grainSeconds);
            });
  }

  @Tag("slow")
  @Test
  void missingSegment_isFoundAgain() throws IOException {
    assertThat(inject("master.m3u8", "missing_segment@4+2")).isEqualTo(ExitStatus.OK);
    Path report = folder.resolve("report.json");
    run(
        "check",
        folder.resolve("master.m3u8").toString(),
        "--format",
        "json",
        "--output",
        report.toString(),
        "--detectors",
        "manifest.*");
    JsonNode finding = new ObjectMapper().readTree(Files.readString(report)).at("/findings/0");
    assertThat(finding.get("kind").asText()).isEqualTo("manifest.segment_unavailable");
    assertThat(finding.get("startSeconds").asDouble())
        .isCloseTo(label("labels.json", "/clips/0/events/0/start").asDouble(), within(0.3));
  }

  private JsonNode label(String file, String pointer) throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve(file))).at(pointer);
  }
}
