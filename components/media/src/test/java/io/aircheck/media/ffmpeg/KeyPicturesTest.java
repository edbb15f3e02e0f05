package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of pictures in groups of twelve, 40 ms each, only the first of each group is decoded. */
class KeyPicturesTest {
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mpegts", "matroska"})
  void decode_keyPicturesFromTheStart_tellsOfTheOthers(String container, @TempDir Path folder)
      throws Exception {
    Path file = TestMedia.write(folder.resolve("programme"), container, 60);

    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
      source.decode(Decoding.KEY_PICTURES);
      Played played = Played.all(source);

      assertThat(numbersOf(played.pictures)).containsExactly(0, 12, 24, 36, 48);
      assertThat(played.pictures).noneMatch(Played.Picture::hasPrevious);
      assertThat(numbersOfAll(played)).hasSize(60);
      assertThat(played.events(MediaEvent.Gap.class)).isEmpty();
      assertThat(played.events(MediaEvent.DecodeError.class)).isEmpty();
      assertThat(played.events(MediaEvent.Undecoded.class)).hasSize(60 - 5);
      long samples = played.sounds.stream().mapToLong(Played.Sound::sampleCount).sum();
      assertThat(samples).isGreaterThanOrEqualTo(60 * TestMedia.SAMPLE_RATE / TestMedia.RATE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mpegts"})
  void decode_lessAndMoreInTheMiddle_catchesUpWithoutAGapOrDamage(
      String container, @TempDir Path folder) throws Exception {
    Path file = TestMedia.write(folder.resolve("programme"), container, 100);
    Played played = new Played();

    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
      while (!(played.take(source.next()) instanceof MediaEvent.End)) {
        int reached = numbersOfAll(played).size();
        source.decode(reached >= 20 && reached < 66 ? Decoding.KEY_PICTURES : Decoding.FULL);
      }
    }

    List<Integer> decoded = numbersOf(played.pictures);
    assertThat(numbersOfAll(played)).hasSize(100);
    assertThat(decoded).startsWith(0, 1, 2).contains(36, 48, 60).endsWith(98, 99);
    assertThat(decoded).doesNotContain(37, 47, 49, 59);
    List<Integer> late = numbersOf(played.late);
    int back = late.getLast() + 1;
    assertThat(back).isBetween(65, 68);
    assertThat(late).isEqualTo(range(24, back));
    assertThat(decoded).containsAll(range(back, 100));
    assertThat(played.late.getFirst().hasPrevious()).isFalse();
    assertThat(played.late.stream().skip(1)).allMatch(Played.Picture::hasPrevious);
    // The one that is white for a tenth of a second from 1 and from 2 s on.
    assertThat(
            played.late.stream()
                .filter(picture -> picture.luma() > 200)
                .map(picture -> (int) (picture.ptsMicros() / 40_000)))
        .containsExactly(25, 26, 27, 50, 51, 52);
    assertThat(played.events(MediaEvent.Gap.class)).isEmpty();
    assertThat(played.events(MediaEvent.DecodeError.class)).isEmpty();
    assertThat(played.events(MediaEvent.Discontinuity.class)).isEmpty();
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = from; number < to; number++) {
      numbers.add(number);
    }
    return numbers;
  }

  /** Numbers of pictures from their times; the sound may begin a little earlier. */
  private static List<Integer> numbers(List<Long> micros) {
    return micros.stream().map(m -> (int) (m / 40_000)).toList();
  }

  private static List<Integer> numbersOf(List<Played.Picture> pictures) {
    return numbers(pictures.stream().map(Played.Picture::ptsMicros).toList());
  }

  private static TreeSet<Integer> numbersOfAll(Played played) {
    List<Long> times = new ArrayList<>();
    played.pictures.forEach(picture -> times.add(picture.ptsMicros()));
    played.events(MediaEvent.Undecoded.class).forEach(picture -> times.add(picture.ptsMicros()));
    return new TreeSet<>(numbers(times));
  }
}
