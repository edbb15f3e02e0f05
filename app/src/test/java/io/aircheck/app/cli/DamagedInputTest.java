package io.aircheck.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.Main;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.testkit.Damage;
import io.aircheck.testkit.JvmCommand;
import io.aircheck.testkit.TestFrame;
import io.aircheck.testkit.TestSound;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code check} of damaged media ends in a report, or in exit status 3 with one line for each input
 * that cannot be opened: in this process, and in processes of its own.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedInputTest {
  private static final List<String> FAST_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  private static final int RATE = 25;
  private static final int SAMPLE_RATE = 48_000;
  private static final List<Integer> STATUSES =
      List.of(ExitStatus.OK, ExitStatus.FINDINGS, ExitStatus.INPUT);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path originals;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  /** A folder of its own for each container, with the file to open. */
  private static final Map<String, String> ENTRIES =
      new TreeMap<>(
          Map.of(
              "mp4",
              "a.mp4",
              "fragments",
              "a.mp4",
              "mpegts",
              "a.ts",
              "matroska",
              "a.mkv",
              "flv",
              "a.flv",
              "hls",
              "a.m3u8",
              "fmp4",
              "a.m3u8",
              "dash",
              "a.mpd"));

  @BeforeAll
  static void write() throws Exception {
    for (Map.Entry<String, String> entry : ENTRIES.entrySet()) {
      String kind = entry.getKey();
      Path home = Files.createDirectory(originals.resolve(kind));
      Map<String, String> options =
          switch (kind) {
            case "fragments" -> Map.of("movflags", "frag_keyframe+empty_moov");
            case "hls" -> Map.of("hls_time", "1", "hls_playlist_type", "vod");
            case "fmp4" ->
                Map.of("hls_time", "1", "hls_playlist_type", "vod", "hls_segment_type", "fmp4");
            case "dash" -> Map.of("seg_duration", "1");
            default -> Map.of();
          };
      String container =
          switch (kind) {
            case "fragments" -> "mp4";
            case "fmp4" -> "hls";
            default -> kind;
          };
      write(home.resolve(entry.getValue()), container, options);
    }
  }

  private static void write(Path output, String container, Map<String, String> options)
      throws MediaException {
    WriteRequest request =
        new WriteRequest(
            output,
            container,
            Optional.of(new WriteRequest.Video(96, 64, RATE, 1, 300_000, 12)),
            Optional.of(new WriteRequest.Audio(SAMPLE_RATE, ChannelLayout.STEREO, 96_000)),
            options);
    MediaWriterFactory factory = ServiceLoader.load(MediaWriterFactory.class).iterator().next();
    try (MediaWriter writer = factory.create(request)) {
      for (int n = 0; n < 2 * RATE; n++) {
        long micros = n * 1_000_000L / RATE;
        int bar = 3 * n % 96;
        writer.video(
            TestFrame.painted(96, 64, (x, y) -> Math.abs(x - bar) < 6 ? 160 : 60 + y / 4)
                .at(micros, 1_000_000 / RATE));
        writer.audio(
            TestSound.generated(
                micros,
                SAMPLE_RATE,
                ChannelLayout.STEREO,
                SAMPLE_RATE / RATE,
                (channel, time) -> 0.1 * Math.sin(2 * Math.PI * 440 * time)));
      }
      writer.finish();
    }
  }

  /** Writes damaged copies, one file of each damaged; returns what to open. */
  private List<String> damagedCopies(int count, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String kind = List.copyOf(ENTRIES.keySet()).get(i % ENTRIES.size());
      Path home = Files.createDirectory(folder.resolve(seed + "-" + i + "-" + kind));
      List<Path> files;
      try (Stream<Path> written = Files.list(originals.resolve(kind))) {
        files = written.sorted().toList();
      }
      Path entry = originals.resolve(kind).resolve(String.valueOf(ENTRIES.get(kind)));
      Path victim = random.nextBoolean() ? entry : files.get(random.nextInt(files.size()));
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        byte[] bytes = Files.readAllBytes(file);
        if (file.equals(victim)) {
          boolean text = name.endsWith(".m3u8") || name.endsWith(".mpd");
          bytes = text ? Damage.ofText(bytes, random) : Damage.ofBytes(bytes, random);
        }
        Files.write(home.resolve(name), bytes);
      }
      inputs.add(home.resolve(String.valueOf(ENTRIES.get(kind))).toString());
    }
    return inputs;
  }

  /** A playlist that lost its end is a live one, which ends by {@code --duration}. */
  private static List<String> command(List<String> inputs) {
    List<String> command =
        new ArrayList<>(
            List.of("check", "--format", "json", "--read-timeout", "1", "--duration", "4"));
    command.addAll(inputs);
    return command;
  }

  private static void assertReported(List<String> inputs, int status, String out, String err)
      throws IOException {
    assertThat(status).isIn(STATUSES);
    JsonNode reports = new ObjectMapper().readTree(out);
    assertThat(reports).hasSize(inputs.size());
    int refused = 0;
    for (JsonNode report : reports) {
      refused += report.path("error").isTextual() ? 1 : 0;
    }
    assertThat(err.lines().filter(line -> !line.startsWith("WARNING: Using incubator modules")))
        .hasSize(refused)
        .allSatisfy(line -> assertThat(line).startsWith("aircheck: ").doesNotContain("Exception"));
  }

  private void checkHere(int count, long seed) throws IOException {
    List<String> inputs = damagedCopies(count, seed);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int status =
        AircheckCommand.run(
            new PrintWriter(out), new PrintWriter(err), command(inputs).toArray(String[]::new));

    assertReported(inputs, status, out.toString(), err.toString());
  }

  @Test
  void check_someDamagedInputs_isReportedOrRefused() throws IOException {
    checkHere(16, 1);
  }

  @Test
  @Tag("slow")
  void check_manyDamagedInputs_isReportedOrRefused() throws IOException {
    checkHere(160, 2);
  }

  @Test
  @Tag("slow")
  void check_damagedInputsInProcessesOfTheirOwn_endInAnExitStatus() throws Exception {
    for (int seed = 3; seed < 7; seed++) {
      List<String> inputs = damagedCopies(16, seed);
      Path out = folder.resolve("out-" + seed);
      Path err = folder.resolve("err-" + seed);
      Process process =
          new ProcessBuilder(JvmCommand.of(FAST_START, Main.class, command(inputs)))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(100, TimeUnit.SECONDS);
      process.destroyForcibly();

      assertThat(ended).as("process of seed %d", seed).isTrue();
      assertReported(inputs, process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }
}
