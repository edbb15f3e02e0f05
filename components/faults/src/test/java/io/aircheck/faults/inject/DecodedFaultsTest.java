package io.aircheck.faults.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.FrameView;
import io.aircheck.testkit.TestFrame;
import io.aircheck.testkit.TestSound;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecodedFaultsTest {
  private static final int RATE = 48_000;

  private static DecodedFaults faults(String... requests) {
    return new DecodedFaults(Stream.of(requests).map(FaultRequest::parse).toList());
  }

  private static int luma(FrameView picture, int x, int y) {
    return picture.plane(0).get(ValueLayout.JAVA_BYTE, (long) y * picture.stride(0) + x) & 0xff;
  }

  /** Ten grey pictures, the luma of each ten above the one before, 100 ms apart. */
  private static List<Integer> lumaOfTen(DecodedFaults faults) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      TestFrame picture = TestFrame.grey(32, 16, 50 + 10 * i).at(i * 100_000L, 100_000);
      found.add(luma(faults.picture(picture), 3, 7));
    }
    return found;
  }

  @Test
  void black_isBlackDuringTheFaultOnly() {
    assertThat(lumaOfTen(faults("black@0.2+0.3")))
        .containsExactly(50, 60, 16, 16, 16, 100, 110, 120, 130, 140);
  }

  @Test
  void freeze_holdsItsFirstPicture() {
    assertThat(lumaOfTen(faults("freeze@0.2+0.5")))
        .containsExactly(50, 60, 70, 70, 70, 70, 70, 120, 130, 140);
  }

  @Test
  void stutter_showsEachHeldPictureSeveralTimes() {
    assertThat(lumaOfTen(faults("stutter@0.1+0.6,hold=3")))
        .containsExactly(50, 60, 60, 60, 90, 90, 90, 120, 130, 140);
  }

  @Test
  void soundEarly_showsPicturesLate() {
    assertThat(lumaOfTen(faults("av_offset@0.5+5,millis=-200")))
        .containsExactly(50, 60, 70, 80, 90, 80, 90, 100, 110, 120);
  }

  @Test
  void twoFaults_applyInOrder() {
    assertThat(lumaOfTen(faults("black@0.2+0.1", "freeze@0.2+0.3")).subList(1, 6))
        .containsExactly(60, 16, 16, 16, 100);
  }

  @Test
  void letterbox_leavesTheMiddle() {
    FrameView picture =
        faults("letterbox@0+1,scale=0.5").picture(TestFrame.grey(32, 16, 90).at(0, 1));
    assertThat(List.of(luma(picture, 5, 3), luma(picture, 5, 4), luma(picture, 5, 11)))
        .containsExactly(16, 90, 90);
    assertThat(luma(picture, 5, 12)).isEqualTo(16);
  }

  @Test
  void blur_spreadsAnEdge_andKeepsFlatParts() {
    TestFrame edge = TestFrame.painted(64, 16, (x, y) -> x < 32 ? 40 : 200).at(0, 1);
    FrameView picture = faults("blur@0+1,radius=4").picture(edge);
    assertThat(luma(picture, 2, 8)).isEqualTo(40);
    assertThat(luma(picture, 61, 8)).isEqualTo(200);
    assertThat(luma(picture, 31, 8)).isBetween(90, 119);
    assertThat(luma(picture, 32, 8)).isBetween(121, 150);
  }

  @Test
  void bars_haveSevenColours() {
    FrameView picture = faults("color_bars@0+1").picture(TestFrame.grey(70, 16, 90).at(0, 1));
    assertThat(java.util.stream.IntStream.range(0, 7).map(i -> luma(picture, 10 * i + 5, 8)))
        .containsExactly(180, 162, 131, 112, 84, 65, 35);
  }

  /** One second of a constant, half full scale on the left and a quarter on the right. */
  private static AudioView second(DecodedFaults faults) {
    return faults.sound(
        TestSound.generated(
            0, RATE, ChannelLayout.STEREO, RATE, (channel, time) -> channel == 0 ? 0.5 : 0.25));
  }

  @Test
  void silence_isExactToTheSample() {
    float[] left = second(faults("silence@0.25+0.5")).channel(0);
    assertThat(left[11_999]).isEqualTo(0.5f);
    assertThat(left[12_000]).isZero();
    assertThat(left[35_999]).isZero();
    assertThat(left[36_000]).isEqualTo(0.5f);
  }

  @Test
  void channelLoss_andPhaseInversion_concernOneChannel() {
    AudioView sound = second(faults("channel_loss@0+1,channel=0", "phase_inversion@0+1"));
    assertThat(sound.channel(0)[100]).isZero();
    assertThat(sound.channel(1)[100]).isEqualTo(-0.25f);
  }

  @Test
  void clipping_limitsAtFullScale() {
    AudioView sound = second(faults("clipping@0+1,gainDb=9"));
    assertThat(sound.channel(0)[100]).isEqualTo(1f);
    assertThat(sound.channel(1)[100]).isCloseTo(0.7046f, within(1e-3f));
  }

  @Test
  void noiseFloor_hasItsLevel() {
    float[] left = second(faults("noise_floor@0+1,dbfs=-60")).channel(0);
    double sum = 0;
    for (float sample : left) {
      sum += sample * sample;
    }
    assertThat(10 * Math.log10(sum / left.length)).isCloseTo(-60, within(0.2));
  }

  @Test
  void dropouts_comeRegularly() {
    float[] left = second(faults("dropout@0.1+0.9,millis=10,everyMillis=500")).channel(0);
    assertThat(left[4_800 + 470]).isZero();
    assertThat(left[4_800 + 490]).isEqualTo(0.5f);
    assertThat(left[28_800 + 10]).isZero();
  }

  @Test
  void soundLate_playsWhatCameBefore_inAnyCutting() {
    for (int run : new int[] {480, 1_000, 48_000}) {
      DecodedFaults faults = faults("av_offset@0.5+5,millis=100");
      float[] whole = new float[RATE];
      for (int at = 0; at < RATE; at += run) {
        int count = Math.min(run, RATE - at);
        AudioView sound =
            faults.sound(
                TestSound.generated(
                    at * 1_000_000L / RATE, RATE, ChannelLayout.MONO, count, (c, time) -> time));
        System.arraycopy(sound.channel(0), 0, whole, at, count);
      }
      assertThat(whole[23_990]).isCloseTo(0.4998f, within(1e-3f));
      assertThat(whole[36_000]).isCloseTo(0.65f, within(1e-3f));
    }
  }
}
