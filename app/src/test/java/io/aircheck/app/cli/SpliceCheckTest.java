package io.aircheck.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.MovingClip;
import io.aircheck.core.media.MediaException;
import io.aircheck.testkit.SpliceSections;
import io.aircheck.testkit.SplicedTransport;
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

/** From real media with splices to the report. */
@Tag("slow")
class SpliceCheckTest {
  private static final int SECONDS = 16;
  private static final long SECOND = 90_000;

  /** The picture is black and the sound silent from 5 s to 7.5 s. */
  private static final int BLACK_FROM = 5 * MovingClip.FRAME_RATE;

  private static final int BLACK_TO = 7 * MovingClip.FRAME_RATE + 12;

  @TempDir private static Path clips;
  private static Path clip = Path.of("");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void writeClip() throws MediaException {
    clip = clips.resolve("clip.ts");
    MovingClip.write(clip, SECONDS, i -> i >= BLACK_FROM && i < BLACK_TO);
  }

  private int run(String... args) {
    return AircheckCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private List<JsonNode> findings(String... args) throws IOException {
    out.getBuffer().setLength(0);
    List<String> command = new ArrayList<>(List.of("check", "--format", "json"));
    command.add("--detectors");
    command.add("video.black,audio.silence,splice.break");
    command.addAll(List.of(args));
    run(command.toArray(String[]::new));
    List<JsonNode> findings = new ArrayList<>();
    new ObjectMapper().readTree(out.toString()).get("findings").forEach(findings::add);
    return findings;
  }

  private static List<String> lines(List<JsonNode> findings) {
    return findings.stream()
        .map(finding -> finding.get("kind").asText() + " " + finding.get("severity").asText())
        .toList();
  }

  private static JsonNode of(List<JsonNode> findings, String kind) {
    return findings.stream()
        .filter(finding -> finding.get("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  /** The clip with a break that begins and ends at times in seconds, and an announced length. */
  private Path spliced(double from, double announced, double to) throws IOException {
    byte[] stream =
        SplicedTransport.of(
            Files.readAllBytes(clip),
            first ->
                List.of(
                    SpliceSections.out(
                        1,
                        first + Math.round(from * SECOND),
                        Math.round(announced * SECOND),
                        false),
                    SpliceSections.in(1, first + Math.round(to * SECOND))));
    return Files.write(folder.resolve("spliced.ts"), stream);
  }

  @Test
  void check_withoutSplices_blackIsADefect() throws IOException {
    assertThat(lines(findings(clip.toString())))
        .containsExactlyInAnyOrder("video.black warning", "audio.silence warning");
  }

  @Test
  void check_transportStream_blackAtTheSpliceIsExpected() throws IOException {
    List<JsonNode> findings = findings(spliced(5, 5, 10).toString());

    assertThat(lines(findings))
        .containsExactlyInAnyOrder("splice.break info", "video.black info", "audio.silence info");
    assertThat(of(findings, "video.black").get("message").asText())
        .endsWith("at the border of an ad break");
    JsonNode pause = of(findings, "splice.break");
    assertThat(pause.get("startSeconds").asDouble()).isCloseTo(5, within(0.1));
    assertThat(pause.get("endSeconds").asDouble()).isCloseTo(10, within(0.1));
  }

  @Test
  void check_narrowWindow_blackThatOutlastsItIsADefect() throws IOException {
    assertThat(
            lines(
                findings(
                    spliced(5, 5, 10).toString(), "--set", "splice.break.windowAfterSeconds=1.5")))
        .containsExactlyInAnyOrder(
            "splice.break info", "video.black warning", "audio.silence warning");
  }

  @Test
  void check_breakThatDoesNotEnd_isAnError() throws IOException {
    List<JsonNode> findings =
        findings(spliced(5, 4, 99).toString(), "--set", "splice.break.toleranceSeconds=2");

    JsonNode overrun = of(findings, "splice.break_overrun");
    assertThat(overrun.get("severity").asText()).isEqualTo("error");
    assertThat(overrun.get("startSeconds").asDouble()).isCloseTo(9, within(0.1));
    assertThat(overrun.get("endSeconds").asDouble()).isCloseTo(SECONDS, within(0.2));
  }

  @Test
  void check_playlistWithCues_isTreatedAlike() throws IOException {
    Path playlist = folder.resolve("index.m3u8");
    // The fault is what the clip has there anyway: this only makes segments of it.
    assertThat(run("inject", clip.toString(), playlist.toString(), "--fault", "black@5+2.4"))
        .isZero();
    Path media = mediaPlaylist(playlist);
    List<String> lines = new ArrayList<>(Files.readAllLines(media));
    double seconds = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("#EXTINF")) {
        if (seconds < 5 && seconds + length(lines.get(i)) >= 5) {
          lines.add(i++, "#EXT-X-CUE-OUT:4");
        }
        seconds += length(lines.get(i));
      }
    }
    Files.write(media, lines);

    List<JsonNode> findings =
        findings(
            playlist.toString(),
            "--set",
            "splice.break.toleranceSeconds=2",
            "--set",
            "splice.break.windowAfterSeconds=5");

    assertThat(lines(findings))
        .containsExactlyInAnyOrder(
            "splice.break info",
            "splice.break_overrun error",
            "video.black info",
            "audio.silence info");
  }

  private static double length(String extinf) {
    return Double.parseDouble(extinf.substring(8).split(",", 2)[0]);
  }

  private static Path mediaPlaylist(Path playlist) throws IOException {
    for (String line : Files.readAllLines(playlist)) {
      if (line.endsWith(".m3u8") && !line.startsWith("#")) {
        return playlist.resolveSibling(line);
      }
    }
    return playlist;
  }
}
