package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.SourceRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegSourceFactoryTest {
  private final FfmpegSourceFactory factory = new FfmpegSourceFactory();

  @Test
  void available_onThisPlatform_holds() {
    assertThat(factory.unavailableReason()).isEmpty();
    assertThat(factory.available()).isTrue();
  }

  @Test
  void open_missingFile_saysNotFoundInOneLine(@TempDir Path folder) {
    Path missing = folder.resolve("no.mp4");

    assertThatThrownBy(() -> factory.open(SourceRequest.of(missing.toString())))
        .isInstanceOfSatisfying(
            MediaException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
              assertThat(failure).message().contains(missing.toString()).doesNotContain("\n");
            });
  }

  @Test
  void open_fileOfText_saysInvalidData(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("text.mp4"), "not media\n".repeat(1000));

    assertThatThrownBy(() -> factory.open(SourceRequest.of(text.toString())))
        .isInstanceOfSatisfying(
            MediaException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_DATA));
  }
}
