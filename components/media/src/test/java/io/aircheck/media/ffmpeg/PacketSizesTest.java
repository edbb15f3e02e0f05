package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.CodedPicture;
import io.aircheck.core.media.MediaEvent.CodedPictures;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketSizesTest {
  private static final Ticks MILLIS = new Ticks(1, 1000);

  private final PacketSizes sizes = new PacketSizes();

  private PacketSizes.@Nullable Run take(long millis, int bytes, boolean key) {
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      avcodec.av_new_packet(packet, bytes);
      packet.pts(avutil.AV_NOPTS_VALUE).dts(millis);
      packet.flags(key ? avcodec.AV_PKT_FLAG_KEY : 0);
      return sizes.take("video:0", MILLIS, packet);
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  @Test
  void take_fifthOfASecond_isARunWithoutTheKeyPicture() {
    assertThat(take(1000, 900, true)).isNull();
    for (int i = 1; i <= 5; i++) {
      assertThat(take(1000 + 40 * i, i, false)).isNull();
    }

    PacketSizes.Run run = take(1240, 6, false);

    assertThat(run).isNotNull();
    assertThat(run.event(600_000))
        .isEqualTo(
            new CodedPictures(
                "video:0",
                600_000,
                IntStream.rangeClosed(1, 5)
                    .mapToObj(i -> new CodedPicture(400_000 + 40_000L * i, i))
                    .toList()));
  }

  @Test
  void take_timesGoBack_beginsAnew() {
    take(1000, 1, false);

    PacketSizes.Run run = take(500, 2, false);

    assertThat(run).isNotNull();
    assertThat(run.pictures()).containsExactly(new CodedPicture(1_000_000, 1));
  }

  @Test
  void clear_ofWhatWasCollected_isNeverTold() {
    take(1000, 1, false);
    sizes.clear();

    assertThat(take(2000, 2, false)).isNull();
  }

  /** Pictures in groups of twelve, 40 ms each, the first of them a key picture. */
  @ParameterizedTest
  @EnumSource
  void next_ofAFile_tellsTheSameHoweverMuchIsDecoded(Decoding decoding, @TempDir Path folder)
      throws Exception {
    Path file = TestMedia.write(folder.resolve("programme"), "mpegts", 100);

    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
      source.decode(decoding);
      Played played = Played.all(source);

      assertThat(played.sizes).hasSizeBetween(85, 91).allMatch(picture -> picture.bytes() > 0);
      assertThat(played.sizes.stream().map(picture -> picture.decodeMicros() / 40_000 % 12))
          .doesNotContain(0L);
      assertThat(played.events(MediaEvent.Gap.class)).isEmpty();
    }
  }
}
