package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the writer wrote, the source reads. */
class RoundTripTest {
  /** AAC spreads the onset of a loud tone over a few samples; 16 samples are 0.33 ms. */
  private static final long ONSET_MICROS = 400;

  @ParameterizedTest
  @CsvSource({
    "mp4, mp4, ''",
    "mp4, mp4, frag_keyframe+empty_moov",
    "matroska, matroska, ''",
    "mpegts, mpegts, ''"
  })
  void open_fileOfEachContainer_deliversAllPicturesAndSoundInSync(
      String container, String reported, String movFlags, @TempDir Path folder) throws Exception {
    Map<String, String> options = movFlags.isEmpty() ? Map.of() : Map.of("movflags", movFlags);
    Path file =
        TestMedia.write(folder.resolve("programme"), container, 50, ChannelLayout.STEREO, options);

    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
      assertThat(source.info().container()).isEqualTo(reported);
      Track video = source.info().first(TrackType.VIDEO).orElseThrow();
      assertThat(video.codec()).isEqualTo("h264");
      assertThat(video.width()).isEqualTo(TestMedia.WIDTH);
      assertThat(video.height()).isEqualTo(TestMedia.HEIGHT);
      assertThat(video.frameRate()).isCloseTo(TestMedia.RATE, within(0.01));
      Track audio = source.info().first(TrackType.AUDIO).orElseThrow();
      assertThat(audio.sampleRate()).isEqualTo(TestMedia.SAMPLE_RATE);
      assertThat(audio.channelLayout()).isEqualTo(ChannelLayout.STEREO);

      Played played = Played.all(source);

      assertThat(played.pictures).hasSize(50);
      assertThat(played.pictures.getFirst().hasPrevious()).isFalse();
      assertThat(played.pictures.subList(1, 50)).allMatch(Played.Picture::hasPrevious);
      long samples = played.sounds.stream().mapToLong(Played.Sound::sampleCount).sum();
      assertThat(samples).isBetween(96_000L, 96_000L + 2 * 1024);
      assertThat(
              Math.min(
                  played.pictures.getFirst().ptsMicros(), played.sounds.getFirst().ptsMicros()))
          .isZero();
      assertThat(played.firstLoudMicros).isCloseTo(played.firstWhiteMicros(), within(ONSET_MICROS));
      assertThat(played.events.getFirst()).isInstanceOf(MediaEvent.FormatChange.class);
      assertThat(played.events.get(1)).isInstanceOf(MediaEvent.Timestamps.class);
      assertThat(played.events).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, mp4", "6, mp4", "8, mp4", "6, mpegts"})
  void open_channelLayouts_areKept(int channels, String container, @TempDir Path folder)
      throws Exception {
    ChannelLayout layout = ChannelLayout.ofCount(channels);
    Path file = TestMedia.write(folder.resolve("programme"), container, 10, layout, Map.of());

    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
      Played played = Played.all(source);

      assertThat(source.info().first(TrackType.AUDIO).orElseThrow().channelLayout())
          .isEqualTo(layout);
      assertThat(played.sounds).allMatch(sound -> sound.channels() == channels);
    }
  }

  @Test
  void next_afterEnd_repeatsEnd(@TempDir Path folder) throws Exception {
    Path file = TestMedia.write(folder.resolve("a.mp4"), "mp4", 5);

    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
      Played played = Played.all(source);

      assertThat(source.next()).isEqualTo(played.events.getLast());
    }
  }
}
