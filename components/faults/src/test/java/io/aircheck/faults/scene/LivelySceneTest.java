package io.aircheck.faults.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.AudioView;
import org.junit.jupiter.api.Test;

class LivelySceneTest {
  private static final Scene.Format SMALL = new Scene.Format(160, 90, 25, 1);
  private final LivelyScene scene = new LivelyScene(SMALL, 1);

  @Test
  void picture_isAFunctionOfSeedAndIndex() {
    byte[] first = scene.draw(123).samples(0).clone();
    scene.draw(5);

    assertThat(scene.draw(123).samples(0)).isEqualTo(first);
    assertThat(new LivelyScene(SMALL, 1).draw(123).samples(0)).isEqualTo(first);
    assertThat(new LivelyScene(SMALL, 2).draw(123).samples(0)).isNotEqualTo(first);
  }

  @Test
  void picture_carriesTheTimeOfItsIndex() {
    LivelyScene ntsc = new LivelyScene(new Scene.Format(160, 90, 30000, 1001), 1);

    assertThat(ntsc.picture(30).ptsMicros()).isEqualTo(1_001_000);
    assertThat(ntsc.picture(0).durationMicros()).isEqualTo(33_367);
  }

  @Test
  void pictures_differFromOneToTheNextByAnEvenAmount() {
    double least = Double.MAX_VALUE;
    double most = 0;
    byte[] before = scene.draw(0).samples(0).clone();
    for (int i = 1; i <= 100; i++) {
      byte[] now = scene.draw(i).samples(0);
      long sum = 0;
      for (int k = 0; k < now.length; k++) {
        sum += Math.abs((now[k] & 0xff) - (before[k] & 0xff));
      }
      double difference = (double) sum / now.length;
      least = Math.min(least, difference);
      most = Math.max(most, difference);
      before = now.clone();
    }
    assertThat(least).isGreaterThan(2);
    assertThat(most).isLessThan(2 * least);
  }

  @Test
  void luma_keepsToTheLimitedRange() {
    for (int i = 0; i < 50; i++) {
      for (byte value : scene.draw(i * 37).samples(0)) {
        assertThat(value & 0xff).isBetween(16, 235);
      }
    }
  }

  @Test
  void sound_inPieces_isTheSameSound() {
    AudioView whole = scene.sound(40_000, 4_000);
    AudioView part = scene.sound(41_000, 500);

    assertThat(part.ptsMicros()).isEqualTo(854_166);
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < 500; i++) {
        assertThat(part.channel(c)[i]).isCloseTo(whole.channel(c)[1_000 + i], within(1e-6f));
      }
    }
  }

  @Test
  void sound_isNeitherSilentNorNearFullScale() {
    for (int second = 0; second < 20; second++) {
      for (int tenth = 0; tenth < 10; tenth++) {
        AudioView sound = scene.sound(second * 48_000L + tenth * 4_800, 4_800);
        double power = 0;
        float peak = 0;
        for (int i = 0; i < sound.sampleCount(); i++) {
          power += Math.pow(sound.channel(0)[i], 2) / sound.sampleCount();
          peak = Math.max(peak, Math.abs(sound.channel(0)[i]));
        }
        assertThat(10 * Math.log10(power)).isGreaterThan(-56);
        assertThat(peak).isLessThan(0.7f);
      }
    }
  }

  @Test
  void halfOf_isTheMeanOfFour() {
    Picture large = new Picture(128, 72);
    byte[] luma = large.samples(0);
    luma[0] = 10;
    luma[1] = 20;
    luma[128] = 30;
    luma[129] = 40;

    Picture small = new Picture(64, 36).halfOf(large);

    assertThat(small.samples(0)[0]).isEqualTo((byte) 25);
    assertThat(small.samples(0)[1]).isEqualTo((byte) 16);
  }

  @Test
  void oddOrTinyFormat_isRefused() {
    assertThatThrownBy(() -> new Scene.Format(161, 90, 25, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scene.Format(160, 90, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
