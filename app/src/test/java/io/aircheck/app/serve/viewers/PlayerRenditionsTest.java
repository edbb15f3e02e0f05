package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.experience.exposure.Renditions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlayerRenditionsTest {
  private static final StreamStatus.Rendition LOW = rendition("low", 180, 500_000);
  private static final StreamStatus.Rendition MIDDLE = rendition("middle", 360, 600_000);
  private static final StreamStatus.Rendition HIGH = rendition("high", 720, 3_000_000);
  private static final StreamStatus.Rendition SOUND = rendition("audio-english", 0, 0);
  private static final List<StreamStatus.Rendition> LADDER = List.of(LOW, MIDDLE, HIGH, SOUND);

  private static StreamStatus.Rendition rendition(String id, int height, long bandwidth) {
    MediaInfo info =
        new MediaInfo(
            "http://example.com/a.m3u8",
            "hls",
            OptionalLong.empty(),
            true,
            Optional.of(id),
            bandwidth == 0 ? OptionalLong.empty() : OptionalLong.of(bandwidth),
            height == 0 ? List.of() : List.of(Track.video("v", "h264", 16, height, 25)));
    return rendition(id, Optional.of(info));
  }

  private static StreamStatus.Rendition rendition(String id, Optional<MediaInfo> info) {
    return new StreamStatus.Rendition(
        id, StreamStatus.State.WATCHING, Optional.empty(), info, Map.of(), 0, 0, false);
  }

  @Test
  void of_one_isToldByItsHeightOrItsBitrate() {
    Renditions middle = PlayerRenditions.of(List.of("middle"), LADDER, true);

    assertThat(List.of("middle", "360p", "600k", "599k", "720k")).allMatch(middle::include);
    // Half the way to 500k is 548k; nobody is off by a third.
    assertThat(List.of("low", "180p", "500k", "540k", "800k", "")).noneMatch(middle::include);
  }

  @Test
  void of_allWithAPicture_isAll() {
    List<String> pictures = List.of("low", "middle", "high");

    assertThat(PlayerRenditions.of(pictures, LADDER, true)).isEqualTo(Renditions.ALL);
    assertThat(PlayerRenditions.of(List.of(), LADDER, true)).isEqualTo(Renditions.ALL);
  }

  @Test
  void of_allThatAreWatched_isNotAllThatThereAre() {
    Renditions watched = PlayerRenditions.of(List.of("low"), List.of(LOW), false);

    assertThat(watched.include("500k")).isTrue();
    assertThat(watched.include("3000k")).isFalse();
  }

  @Test
  void of_sharedSound_isAll() {
    assertThat(PlayerRenditions.of(List.of("audio-english"), LADDER, true))
        .isEqualTo(Renditions.ALL);
  }

  @Test
  void of_oneThatIsNotOpenYet_isKnownByItsNameAlone() {
    List<StreamStatus.Rendition> unknown =
        List.of(rendition("180p", Optional.empty()), rendition("360p", Optional.empty()));

    Renditions low = PlayerRenditions.of(List.of("180p"), unknown, true);

    assertThat(low.include("180p")).isTrue();
    assertThat(low.include("500k")).isFalse();
  }
}
