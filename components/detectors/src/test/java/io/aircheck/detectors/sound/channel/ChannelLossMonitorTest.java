package io.aircheck.detectors.sound.channel;

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

class ChannelLossMonitorTest {
  private static final int LFE = 3;
  private static final int LEFT_SURROUND = 4;
  private static final TestSound.Generator MUSIC = (c, t) -> sine(400 + 100 * c, -20, t);

  private static SoundBench stereo() {
    return new SoundBench(new ChannelLossFactory(), 48_000, ChannelLayout.STEREO);
  }

  private static SoundBench surround() {
    return new SoundBench(new ChannelLossFactory(), 48_000, ChannelLayout.SURROUND_5_1);
  }

  /** Music of which one channel has only noise at a level from one time to another. */
  private static TestSound.Generator without(int channel, double from, double to, double dbfs) {
    return (c, t) -> c == channel && t >= from && t < to ? noise(dbfs, c, t) : MUSIC.at(c, t);
  }

  @Test
  void left_deadAfterMusic_isAnErrorWithItsTimes() {
    List<Finding> findings = stereo().play(9, without(0, 3, 6, -96)).finish().closed();
    assertThat(findings).hasSize(1);
    Finding loss = findings.getFirst();
    assertThat(loss.severity()).isEqualTo(Severity.ERROR);
    assertThat(loss.track()).isEqualTo("audio:0/L");
    assertThat(loss.startMicros()).isBetween(3_000_000L, 3_060_000L);
    assertThat(loss.endMicros()).isEqualTo(6_000_000);
    assertThat(loss.measurements().get("partnerLevelDbfs")).isCloseTo(-23, within(1.0));
  }

  @Test
  void right_deadFromTheStart_isAWarning() {
    List<Finding> findings = stereo().play(8, without(1, 0, 8, -96)).finish().closed();
    assertThat(findings).extracting(Finding::severity).containsExactly(Severity.WARNING);
    assertThat(findings.getFirst().track()).isEqualTo("audio:0/R");
  }

  @Test
  void left_withHissOfItsOwn_isNotDead() {
    assertThat(stereo().play(9, without(0, 3, 9, -65)).finish().closed()).isEmpty();
  }

  @Test
  void left_deadForOneSecond_isNotALoss() {
    assertThat(stereo().play(6, without(0, 3, 4, -120)).finish().closed()).isEmpty();
  }

  @Test
  void offset_onADeadChannel_isNoSignal() {
    SoundBench bench = stereo().play(6, (c, t) -> c == 0 && t >= 3 ? 0.05 : MUSIC.at(c, t));
    assertThat(bench.finish().closed()).hasSize(1);
  }

  @Test
  void silence_ofBothChannels_isNotALoss() {
    assertThat(stereo().play(9, (c, t) -> t < 3 ? MUSIC.at(c, t) : 0).finish().closed()).isEmpty();
  }

  @Test
  void partner_pausesWithinTheLoss_isOneFinding() {
    SoundBench bench =
        stereo().play(12, (c, t) -> t >= 3 && (c == 0 || (t >= 5 && t < 8)) ? 0 : MUSIC.at(c, t));
    List<Finding> findings = bench.finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().durationMicros()).isGreaterThan(8_900_000);
  }

  @Test
  void surround_onlyTheCentreSpeaks_isNotALoss() {
    SoundBench bench = surround().play(40, (c, t) -> c == 2 ? MUSIC.at(c, t) : 0);
    assertThat(bench.finish().closed()).isEmpty();
  }

  @Test
  void surround_effectsChannelAndOneSurroundRestForTwentySeconds_isNotALoss() {
    SoundBench bench =
        surround()
            .play(23, (c, t) -> t > 2 && (c == LFE || c == LEFT_SURROUND) ? 0 : MUSIC.at(c, t));
    assertThat(bench.finish().closed()).isEmpty();
  }

  @Test
  void surround_frontLeftDies_isAnError() {
    List<Finding> findings = surround().play(6, without(0, 2, 6, -110)).finish().closed();
    assertThat(findings).extracting(Finding::severity).containsExactly(Severity.ERROR);
  }

  @Test
  void surround_oneSurroundDiesForFortySeconds_isAWarning() {
    SoundBench bench = surround().play(42, without(LEFT_SURROUND, 2, 42, -110));
    List<Finding> findings = bench.finish().closed();
    assertThat(findings).extracting(Finding::track).containsExactly("audio:0/Ls");
    assertThat(findings).extracting(Finding::severity).containsExactly(Severity.WARNING);
  }

  @Test
  void chunking_anyRunLength_sameObservations() {
    TestSound.Generator programme = without(1, 2, 5.0037, -100);
    SoundBench regular = stereo().play(8, programme);
    SoundBench random = stereo().play(8, 1, 5000, programme);
    assertThat(random.finish().observations())
        .isNotEmpty()
        .isEqualTo(regular.finish().observations());
  }

  @Test
  void restore_withinTheLoss_sameObservations() {
    TestSound.Generator programme = without(0, 2, 6.0037, -100);
    SoundBench through = stereo().play(2.5, programme).play(2, programme).play(3, programme);
    SoundBench restarted =
        stereo().play(2.5, programme).restart().play(2, programme).restart().play(3, programme);
    assertThat(restarted.finish().observations())
        .isNotEmpty()
        .isEqualTo(through.finish().observations());
  }

  @Test
  void finish_withinTheLoss_leavesNothingOpen() {
    assertThat(stereo().play(5, without(0, 2, 9, -100)).finish().open()).isEmpty();
  }
}
