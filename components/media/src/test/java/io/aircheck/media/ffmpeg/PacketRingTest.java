package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.SourceRequest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketRingTest {
  /** More than any input here lasts. */
  private static final long WHOLE_MICROS = 3_600_000_000L;

  @TempDir private Path folder;

  private static MediaSource playedToTheEnd(Path file, Duration recorded) throws Exception {
    MediaSource source =
        new FfmpegSourceFactory().open(SourceRequest.of(file.toString()).withRecorded(recorded));
    MediaEvent event = source.next();
    while (!(event instanceof MediaEvent.End)) {
      event = source.next();
    }
    return source;
  }

  private Played played(Path clip) throws Exception {
    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(clip.toString()))) {
      return Played.all(source);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "matroska", "mpegts"})
  void write_everything_isPlayedWithAllPicturesAndSound(String container) throws Exception {
    Path file =
        TestMedia.write(folder.resolve("in"), container, 50, ChannelLayout.STEREO, Map.of());
    Path clip = folder.resolve("clip.mp4");

    try (MediaSource source = playedToTheEnd(file, Duration.ofMinutes(1))) {
      PacketRecording recording = source.recording().orElseThrow();
      assertThat(recording.write(0, WHOLE_MICROS, clip)).isTrue();
    }

    Played played = played(clip);
    assertThat(played.pictures).hasSize(50);
    assertThat(played.sounds).isNotEmpty();
    assertThat(played.firstLoudMicros)
        .isBetween(played.firstWhiteMicros() - 1000, played.firstWhiteMicros() + 1000);
  }

  @Test
  void write_packetsLost_leavesOutWhatCannotBeHeld() throws Exception {
    Path whole =
        TestMedia.write(folder.resolve("in.ts"), "mpegts", 100, ChannelLayout.STEREO, Map.of());
    Path damaged = Files.write(folder.resolve("lost.ts"), withLoss(Files.readAllBytes(whole)));
    Path clip = folder.resolve("clip.mp4");

    try (MediaSource source = playedToTheEnd(damaged, Duration.ofMinutes(1))) {
      PacketRecording recording = source.recording().orElseThrow();
      assertThat(recording.write(0, WHOLE_MICROS, clip)).isTrue();
    }

    Played played = played(clip);
    assertThat(played.pictures).hasSizeGreaterThan(50);
    assertThat(played.sounds).isNotEmpty();
  }

  /** Without every seventh packet of its middle. */
  private static byte[] withLoss(byte[] transportStream) {
    int packets = transportStream.length / 188;
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (int packet = 0; packet < packets; packet++) {
      boolean middle = packet > packets / 3 && packet < packets * 2 / 3;
      if (!middle || packet % 7 != 0) {
        kept.write(transportStream, packet * 188, 188);
      }
    }
    return kept.toByteArray();
  }

  @Test
  void write_part_beginsWithTheKeyFrameBeforeIt() throws Exception {
    Path file = TestMedia.write(folder.resolve("in.mp4"), "mp4", 100);
    Path clip = folder.resolve("clip.mp4");

    try (MediaSource source = playedToTheEnd(file, Duration.ofMinutes(1))) {
      assertThat(source.recording().orElseThrow().write(3_000_000, 3_500_000, clip)).isTrue();
    }

    assertThat(played(clip).pictures.size()).isBetween(12, 75);
  }

  @Test
  void write_longerThanWhatIsKept_onlyTheLatest() throws Exception {
    Path file = TestMedia.write(folder.resolve("in.mp4"), "mp4", 100);

    try (MediaSource source = playedToTheEnd(file, Duration.ofSeconds(2))) {
      PacketRing recording = (PacketRing) source.recording().orElseThrow();

      assertThat(recording.newestMicros() - recording.oldestMicros()).isLessThan(2_100_000);
    }
  }

  @Test
  void write_afterClose_nothing() throws Exception {
    Path file = TestMedia.write(folder.resolve("in.mp4"), "mp4", 10);
    MediaSource source = playedToTheEnd(file, Duration.ofMinutes(1));
    PacketRecording recording = source.recording().orElseThrow();
    source.close();

    assertThat(recording.write(0, 1_000_000, folder.resolve("clip.mp4"))).isFalse();
  }

  @Test
  void recording_notAskedFor_isNotThere() throws Exception {
    Path file = TestMedia.write(folder.resolve("in.mp4"), "mp4", 5);

    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
      assertThat(source.recording()).isEmpty();
    }
  }
}
