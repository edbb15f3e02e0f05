package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

  @Test
  void stop_whileAPictureIsLent_leavesItReadable(@TempDir Path folder) throws Exception {
    Path media = TestMedia.write(folder.resolve("a.ts"), "mpegts", 50);
    try (MediaSource source = factory.open(SourceRequest.of(media.toString()))) {
      MediaEvent event = source.next();
      while (!(event instanceof MediaEvent.Video)) {
        event = source.next();
      }
      MemorySegment luma = ((MediaEvent.Video) event).frame().plane(0);
      byte[] before = luma.toArray(ValueLayout.JAVA_BYTE);

      Thread.ofPlatform().start(source::stop).join();

      assertThat(luma.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(before);
      assertThatThrownBy(source::next)
          .isInstanceOfSatisfying(
              MediaException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED));
    }
  }
}
