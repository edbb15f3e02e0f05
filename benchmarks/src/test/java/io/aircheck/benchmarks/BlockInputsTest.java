package io.aircheck.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.detectors.structure.DamageInputs;
import io.aircheck.media.ffmpeg.FfmpegWriterFactory;
import io.aircheck.testkit.TestFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockInputsTest {
  private static final int RATE = 25;
  private static final int PICTURES = 6;

  @TempDir Path folder;

  @Test
  void main_greyClip_writesALineOfZeroesPerPicture() throws Exception {
    Path clip = clip("grey.mp4");

    BlockInputs.main(new String[] {folder.toString(), clip.toString()});

    List<String> lines = Files.readAllLines(folder.resolve("grey.mp4.csv"));
    assertThat(lines.getFirst()).isEqualTo("seconds," + String.join(",", DamageInputs.names()));
    assertThat(lines).hasSize(1 + PICTURES);
    for (int n = 0; n < PICTURES; n++) {
      double[] values =
          Arrays.stream(lines.get(1 + n).split(",")).mapToDouble(Double::parseDouble).toArray();
      assertThat(values).hasSize(1 + DamageInputs.names().size());
      assertThat(values[0]).isEqualTo((double) n / RATE, within(1e-4));
      assertThat(Arrays.copyOfRange(values, 1, values.length)).containsOnly(0);
    }
  }

  @Test
  void main_inputsThatAreThereAlready_areKept() throws Exception {
    Path inputs = Files.writeString(folder.resolve("grey.mp4.csv"), "kept");

    BlockInputs.main(new String[] {folder.toString(), clip("grey.mp4").toString()});

    assertThat(inputs).hasContent("kept");
  }

  @Test
  void main_clipThatCannotBeOpened_leavesNothingAndGoesOn() throws Exception {
    Path missing = folder.resolve("missing.mp4");

    BlockInputs.main(
        new String[] {folder.toString(), missing.toString(), clip("grey.mp4").toString()});

    assertThat(folder.resolve("missing.mp4.csv")).doesNotExist();
    assertThat(folder.resolve("missing.mp4.csv.part")).doesNotExist();
    assertThat(folder.resolve("grey.mp4.csv")).exists();
  }

  private Path clip(String name) throws MediaException, IOException {
    Path clip = folder.resolve(name);
    var request =
        new WriteRequest(
            clip,
            "mp4",
            Optional.of(new WriteRequest.Video(96, 64, RATE, 1, 300_000, RATE)),
            Optional.empty(),
            Map.of());
    try (MediaWriter writer = new FfmpegWriterFactory().create(request)) {
      for (int n = 0; n < PICTURES; n++) {
        writer.video(TestFrame.grey(96, 64, 90).at(n * 1_000_000L / RATE, 1_000_000 / RATE));
      }
      writer.finish();
    }
    return clip;
  }
}
