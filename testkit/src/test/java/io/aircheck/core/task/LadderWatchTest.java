package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaEvent.CodedPicture;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureGrid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LadderWatchTest {
  private static final TimestampScope SCOPE = new TimestampScope(0, 5_000_000, 0);

  private final Map<String, Decoding> decoding = new TreeMap<>();
  private final Map<String, String> why = new TreeMap<>();
  private final LadderWatch ladder =
      new LadderWatch("", new Watching(true, Duration.ofSeconds(60)));
  private final LadderWatch.Member high;
  private final LadderWatch.Member low;

  LadderWatchTest() {
    high = join("high", 1920, 1080);
    low = join("low", 416, 234);
    join("mid", 1280, 720);
  }

  private LadderWatch.Member join(String name, int width, int height) {
    decoding.put(name, Decoding.FULL);
    LadderWatch.Member member =
        ladder.join(
            (now, reason) -> {
              decoding.put(name, now);
              why.put(name, reason);
            });
    member.configured(info(Track.video("video:0", "h264", width, height, 25)));
    return member;
  }

  private static void show(LadderWatch.Member member, long ptsMicros, float luma) {
    member.picture(ptsMicros, SCOPE, false, () -> flat(luma));
  }

  private static float[] flat(float luma) {
    float[] cells = new float[PictureGrid.CELLS];
    Arrays.fill(cells, luma);
    return cells;
  }

  private static MediaInfo info(Track track) {
    return new MediaInfo("a", "hls", OptionalLong.empty(), true, Optional.empty(), List.of(track));
  }

  private static StreamObservation of(Observation observation, @Nullable String rendition) {
    return new StreamObservation("s", rendition, Point.MONITORED, 0, observation);
  }

  private static Finding finding(Severity severity) {
    return new Finding("f/1", "video.black", 0, 0, severity, 1, null, "low", Map.of(), "black");
  }

  private void assertLight() {
    assertThat(decoding)
        .isEqualTo(
            Map.of(
                "high", Decoding.KEY_PICTURES,
                "low", Decoding.FULL,
                "mid", Decoding.KEY_PICTURES));
  }

  private void assertFull() {
    assertThat(decoding.values()).containsOnly(Decoding.FULL);
  }

  @Test
  void configured_light_smallestIsDecodedInFull() {
    assertLight();
  }

  @Test
  void suspected_light_everythingIsDecodedUntilItWasCalm() {
    ladder.reached(10_000_000);
    high.suspected("video.black");
    assertFull();
    assertThat(why).containsEntry("mid", "video.black is suspected");

    ladder.reached(69_900_000);
    assertFull();
    ladder.reached(70_200_000);

    assertLight();
    assertThat(why.values()).containsOnly("");
  }

  @Test
  void suspected_whereAllIsDecoded_isLeftToTheDetector() {
    low.suspected("video.black");
    high.suspected("audio.silence");

    assertLight();
  }

  @Test
  void suspected_again_calmBeginsAnew() {
    high.suspected("video.black");
    ladder.reached(50_000_000);
    low.suspected("audio.silence");

    ladder.reached(100_000_000);
    assertFull();
    ladder.reached(110_000_000);
    assertLight();
  }

  @Test
  void observed_openFinding_keepsEverythingDecodedHoweverLong() {
    ladder.observed(of(new Observation.Opened(finding(Severity.ERROR)), "low"));
    ladder.reached(600_000_000);
    assertFull();

    ladder.observed(of(new Observation.Closed(finding(Severity.ERROR)), "low"));
    ladder.reached(659_000_000);
    assertFull();
    ladder.reached(661_000_000);
    assertLight();
  }

  @Test
  void reached_timeOfASpotCheck_everythingIsDecodedForAWhile() {
    // A stream without a name is checked 150 s after its start, and every 300 s from then on.
    ladder.reached(149_000_000);
    assertLight();
    ladder.reached(150_000_000);
    assertFull();
    assertThat(why).containsEntry("mid", "a spot check");
    ladder.reached(178_000_000);
    assertLight();
    ladder.reached(450_000_000);
    assertFull();
  }

  @Test
  void picture_otherThanTheSmallestShows_isSuspicious() {
    for (int second = 0; second < 6; second++) {
      show(low, second * 1_000_000L, 100);
      show(high, second * 1_000_000L + 100_000, second % 2 == 0 ? 130 : 125);
    }

    assertFull();
    assertThat(why).containsEntry("mid", "a rendition shows something else");
  }

  @Test
  void picture_sameAsTheSmallestAndMoving_isNotSuspicious() {
    for (int second = 0; second < 60; second++) {
      show(low, second * 1_000_000L, 100 + 5 * (second % 7));
      show(high, second * 1_000_000L, 101 + 5 * (second % 7));
    }

    assertLight();
  }

  @Test
  void picture_keyPictureBeforeTheSmallestIsThere_waitsForIt() {
    for (int second = 0; second < 4; second++) {
      show(high, second * 1_000_000L, second * 20);
    }
    assertLight();
    for (int second = 0; second < 4; second++) {
      show(low, second * 1_000_000L, 200);
    }

    assertFull();
  }

  @Test
  void picture_partOfAKeyPictureIsWrong_isSuspicious() {
    showKeys(0, flat(100), withSpot(flat(101), 1));
    showKeys(2, flat(120), withSpot(flat(121), 1));
    showKeys(4, flat(140), flat(141));
    assertLight();

    showKeys(6, flat(160), withSpot(flat(161), 40));
    show(low, 6_250_000, 160);

    assertFull();
    assertThat(why).containsEntry("mid", "a key picture of a rendition differs");
  }

  @Test
  void picture_partThatAlwaysDiffers_isSuspiciousNoMoreAfterAWhile() {
    for (int second = 0; second < 400; second += 2) {
      showKeys(second, flat(100 + second % 60), withSpot(flat(100 + second % 60), 60));
      ladder.reached(second * 1_000_000L);
    }

    assertLight();
  }

  @Test
  void picture_edgesThatScalingShifts_areNotSuspicious() {
    float[] edge = flat(50);
    float[] shifted = flat(50);
    for (int row = 0; row < PictureGrid.ROWS; row++) {
      Arrays.fill(edge, row * PictureGrid.COLUMNS + 20, (row + 1) * PictureGrid.COLUMNS, 200);
      Arrays.fill(shifted, row * PictureGrid.COLUMNS + 20, (row + 1) * PictureGrid.COLUMNS, 200);
      shifted[row * PictureGrid.COLUMNS + 20] = 186;
    }
    showKeys(0, edge, shifted);
    show(low, 300_000, 50);

    assertLight();
  }

  /** A key picture of two renditions at a second. */
  private void showKeys(int second, float[] ofLow, float[] ofHigh) {
    low.picture(second * 1_000_000L, SCOPE, true, () -> ofLow);
    high.picture(second * 1_000_000L, SCOPE, true, () -> ofHigh);
  }

  /** The hundredth of the cells that is at the top left is brighter. */
  private static float[] withSpot(float[] cells, float levels) {
    for (int cell = 0; cell < PictureGrid.CELLS / 100; cell++) {
      cells[cell] += levels;
    }
    return cells;
  }

  @Test
  void picture_twoKeyPicturesAlike_isSuspiciousWhenSizesAreSmallInBetween() {
    for (int second = 0; second < 17; second++) {
      code(low, second, 1_000);
      code(high, second, 5_000);
    }
    show(high, 17_000_000, 100);
    code(low, 17, 1_000);
    code(high, 17, 2_400);
    show(high, 18_000_000, 100.25f);
    assertLight();

    code(low, 18, 1_000);
    code(high, 18, 5_000);

    assertFull();
    assertThat(why).containsEntry("mid", "two key pictures of a rendition are the same");
  }

  @Test
  void picture_twoKeyPicturesAlike_isNotSuspiciousWhenSizesAreAsUsual() {
    for (int second = 0; second < 30; second++) {
      code(low, second, 1_000);
      code(high, second, 5_000);
      show(high, second * 1_000_000L, 100);
    }

    assertLight();
  }

  /** Tells of a second of pictures, five of them in each half. */
  private static void code(LadderWatch.Member member, int second, int bytes) {
    List<CodedPicture> pictures = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pictures.add(new CodedPicture(second * 1_000_000L + i * 100_000, bytes));
    }
    long last = pictures.getLast().decodeMicros();
    member.coded(new MediaEvent.CodedPictures("video:0", last, pictures), SCOPE);
  }

  @Test
  void coded_oneRenditionBecomesSmall_isSuspicious() {
    for (int second = 0; second < 20; second++) {
      code(low, second, 1_000);
      code(high, second, second < 17 ? 5_000 : 100);
    }

    assertFull();
    assertThat(why).containsEntry("mid", "sizes of pictures of a rendition are not as usual");
  }

  @Test
  void coded_allRenditionsBecomeSmall_isNotSuspicious() {
    for (int second = 0; second < 20; second++) {
      code(low, second, second < 17 ? 1_000 : 20);
      code(high, second, second < 17 ? 5_000 : 100);
    }

    assertLight();
  }

  @Test
  void observed_information_isNotSuspicious() {
    ladder.observed(of(new Observation.Opened(finding(Severity.INFO)), "low"));

    assertLight();
  }

  @Test
  void lost_smallest_nextSmallestIsDecodedOnceCalm() {
    low.lost();
    assertFull();

    ladder.reached(61_000_000);

    assertThat(decoding)
        .containsEntry("mid", Decoding.FULL)
        .containsEntry("high", Decoding.KEY_PICTURES);
  }

  @Test
  void configured_withoutPictures_isDecodedInFull() {
    decoding.put("sound", Decoding.FULL);
    LadderWatch.Member sound = ladder.join((now, reason) -> decoding.put("sound", now));
    sound.configured(info(Track.audio("audio:0", "aac", 48_000, ChannelLayout.STEREO)));

    assertThat(decoding).containsEntry("sound", Decoding.FULL);
  }

  @Test
  void watch_inFull_everythingIsDecoded() {
    ladder.watch(Watching.FULL);
    assertFull();

    ladder.watch(Watching.lightly());
    assertLight();
  }

  @Test
  void reached_oneRendition_isDecodedInFull() {
    LadderWatch single = new LadderWatch("", Watching.lightly());
    LadderWatch.Member only = single.join((now, reason) -> decoding.put("only", now));
    decoding.put("only", Decoding.FULL);

    only.configured(info(Track.video("video:0", "h264", 1920, 1080, 25)));

    assertThat(decoding).containsEntry("only", Decoding.FULL);
  }
}
