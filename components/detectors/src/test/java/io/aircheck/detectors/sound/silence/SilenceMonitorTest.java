package io.aircheck.detectors.sound.silence;

import static io.aircheck.detectors.sound.SoundBench.noise;
import static io.aircheck.detectors.sound.SoundBench.sine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.sound.SoundBench;
import io.aircheck.testkit.TestSound;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceMonitorTest {
  private static final TestSound.Generator MUSIC = (c, t) -> sine(440, -20, t);
  private static final TestSound.Generator NOTHING = (c, t) -> 0;

  private static SoundBench stereo() {
    return new SoundBench(new SilenceFactory(), 48_000, ChannelLayout.STEREO);
  }

  @Test
  void cut_oneSecondOfDigitalSilence_isAWarningWithItsTimes() {
    List<Finding> findings =
        stereo().play(3, MUSIC).play(1, NOTHING).play(2, MUSIC).finish().closed();
    assertThat(findings).hasSize(1);
    Finding silence = findings.getFirst();
    assertThat(silence.startMicros()).isEqualTo(3_000_000);
    assertThat(silence.endMicros()).isEqualTo(4_000_000);
    assertThat(silence.severity()).isEqualTo(Severity.WARNING);
    assertThat(silence.measurements().get("levelDbfs")).isCloseTo(-120, within(1e-9));
  }

  @Test
  void cut_fiveSeconds_isAnError() {
    List<Finding> findings =
        stereo().play(3, MUSIC).play(5, NOTHING).play(1, MUSIC).finish().closed();
    assertThat(findings).extracting(Finding::severity).containsExactly(Severity.ERROR);
  }

  @Test
  void pause_oneSecondOfRoomNoiseBelowTheThreshold_isNotSilence() {
    SoundBench bench = stereo().play(3, MUSIC).play(1, (c, t) -> noise(-75, c, t)).play(2, MUSIC);
    assertThat(bench.finish().closed()).isEmpty();
  }

  @Test
  void leadIn_oneSecondBeforeTheFirstSound_isNotSilence() {
    assertThat(stereo().play(1.2, NOTHING).play(3, MUSIC).finish().closed()).isEmpty();
  }

  @Test
  void hiss_fourSecondsAtMinus65_isSilence() {
    SoundBench bench = stereo().play(2, MUSIC).play(4, (c, t) -> noise(-65, c, t)).play(1, MUSIC);
    List<Finding> findings = bench.finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().durationMicros()).isEqualTo(4_000_000);
    assertThat(findings.getFirst().measurements().get("levelDbfs")).isCloseTo(-65, within(1.0));
  }

  @Test
  void roomTone_atMinus42_isNotSilence() {
    assertThat(stereo().play(20, (c, t) -> noise(-42, c, t)).finish().closed()).isEmpty();
  }

  @Test
  void offset_constantAtATenthOfFullScale_isSilence() {
    assertThat(stereo().play(3, (c, t) -> 0.1).finish().closed()).hasSize(1);
  }

  @Test
  void oneChannel_stillActive_isNotSilence() {
    assertThat(stereo().play(5, (c, t) -> c == 0 ? 0 : sine(440, -30, t)).finish().closed())
        .isEmpty();
  }

  @Test
  void click_inTheMiddle_doesNotEndIt() {
    SoundBench bench = stereo().play(5, (c, t) -> Math.abs(t - 2.5) < 0.0005 ? 0.5 : 0);
    assertThat(bench.finish().closed()).hasSize(1);
  }

  @Test
  void surround_onlyTheCentreSpeaks_isNotSilence() {
    SoundBench bench = new SoundBench(new SilenceFactory(), 48_000, ChannelLayout.SURROUND_5_1);
    assertThat(bench.play(5, (c, t) -> c == 2 ? sine(300, -25, t) : 0).finish().closed()).isEmpty();
  }

  @Test
  void chunking_anyRunLength_sameObservations() {
    TestSound.Generator programme =
        (c, t) -> t > 2 && t < 5.0037 ? noise(-70, c, t) : MUSIC.at(c, t);
    SoundBench regular = stereo().play(8, programme);
    SoundBench random = stereo().play(8, 1, 5000, programme);
    assertThat(random.finish().observations())
        .isNotEmpty()
        .isEqualTo(regular.finish().observations());
  }

  @Test
  void restore_withinTheSilence_sameObservations() {
    TestSound.Generator programme = (c, t) -> t > 2 && t < 6.0037 ? 0 : MUSIC.at(c, t);
    SoundBench through = stereo().play(2.5, programme).play(2, programme).play(3, programme);
    SoundBench restarted =
        stereo().play(2.5, programme).restart().play(2, programme).restart().play(3, programme);
    assertThat(restarted.finish().observations())
        .isNotEmpty()
        .isEqualTo(through.finish().observations());
  }

  @Test
  void finish_withinTheSilence_leavesNothingOpen() {
    assertThat(stereo().play(2, MUSIC).play(4, NOTHING).finish().open()).isEmpty();
  }
}
