package io.aircheck.detectors.sound.phase;

import static io.aircheck.detectors.sound.SoundBench.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.sound.SoundBench;
import io.aircheck.testkit.TestSound;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseInversionMonitorTest {
  private static final int RIGHT = 1;

  /** Centred sound with a little of its own in each channel: power 20 dB lower. */
  private static final TestSound.Generator CENTRED = (c, t) -> noise(-26, 9, t) + noise(-46, c, t);

  private static SoundBench stereo() {
    return new SoundBench(new PhaseInversionFactory(), 48_000, ChannelLayout.STEREO);
  }

  private static TestSound.Generator inverted(double from, double to) {
    return (c, t) -> c == RIGHT && t >= from && t < to ? -CENTRED.at(c, t) : CENTRED.at(c, t);
  }

  @Test
  void right_turnedOver_isAnErrorWithItsTimes() {
    List<Finding> findings = stereo().play(10, inverted(3, 7)).finish().closed();
    assertThat(findings).hasSize(1);
    Finding inversion = findings.getFirst();
    assertThat(inversion.severity()).isEqualTo(Severity.ERROR);
    assertThat(inversion.startMicros()).isCloseTo(3_000_000L, within(20_000L));
    assertThat(inversion.endMicros()).isCloseTo(7_000_000L, within(20_000L));
    // The common power is 100 parts of 101: correlation -100/101, less at both ends.
    assertThat(inversion.measurements().get("correlation")).isCloseTo(-0.99, within(0.03));
  }

  @Test
  void inverted_fromTheStart_isAWarning() {
    List<Finding> findings = stereo().play(8, inverted(0, 8)).finish().closed();
    assertThat(findings).extracting(Finding::severity).containsExactly(Severity.WARNING);
    assertThat(findings.getFirst().startMicros()).isZero();
  }

  @Test
  void centred_throughout_isNoInversion() {
    assertThat(stereo().play(10, CENTRED).finish().closed()).isEmpty();
  }

  @Test
  void wide_independentChannels_isNoInversion() {
    assertThat(stereo().play(10, (c, t) -> noise(-20, c, t)).finish().closed()).isEmpty();
  }

  @Test
  void wide_sideTwiceAsStrongAsMiddle_isNoInversion() {
    // Correlation (1 - 4) / (1 + 4) = -0.6.
    TestSound.Generator wide =
        (c, t) -> noise(-26, 8, t) + (c == RIGHT ? -1 : 1) * noise(-20, 9, t);
    assertThat(stereo().play(10, wide).finish().closed()).isEmpty();
  }

  @Test
  void opposed_byFourteenDecibels_isNoInversion() {
    TestSound.Generator panned = (c, t) -> (c == RIGHT ? -0.2 : 1) * noise(-20, 9, t);
    assertThat(stereo().play(10, panned).finish().closed()).isEmpty();
  }

  @Test
  void inversion_ofOneSecond_isNotYetAFinding() {
    assertThat(stereo().play(8, inverted(3, 4)).finish().closed()).isEmpty();
  }

  @Test
  void inversion_withAPause_isOneFinding() {
    TestSound.Generator pausing =
        (c, t) -> t >= 5 && t < 6.2 ? noise(-80, c, t) : inverted(2, 9).at(c, t);
    List<Finding> findings = stereo().play(11, pausing).finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().endMicros()).isCloseTo(9_000_000L, within(20_000L));
  }

  @Test
  void rumble_opposedBelowTheBand_isNoInversion() {
    TestSound.Generator rumbling =
        (c, t) -> CENTRED.at(c, t) + (c == RIGHT ? -1 : 1) * SoundBench.sine(10, -26, t);
    assertThat(stereo().play(8, rumbling).finish().closed()).isEmpty();
  }

  @Test
  void mono_isNotJudged() {
    SoundBench bench = new SoundBench(new PhaseInversionFactory(), 48_000, ChannelLayout.MONO);
    assertThat(bench.play(8, CENTRED).finish().closed()).isEmpty();
  }

  @Test
  void surround_frontRightTurnedOver_isFound() {
    SoundBench bench =
        new SoundBench(new PhaseInversionFactory(), 48_000, ChannelLayout.SURROUND_5_1);
    assertThat(bench.play(8, inverted(2, 6)).finish().closed()).hasSize(1);
  }

  @Test
  void chunking_anyRunLength_sameObservations() {
    TestSound.Generator programme = inverted(2, 6.0037);
    SoundBench regular = stereo().play(9, programme);
    SoundBench random = stereo().play(9, 1, 5000, programme);
    assertThat(random.finish().observations())
        .isNotEmpty()
        .isEqualTo(regular.finish().observations());
  }

  @Test
  void restore_withinTheInversion_sameObservations() {
    TestSound.Generator programme = inverted(2, 6.0037);
    SoundBench through = stereo().play(3, programme).play(2, programme).play(4, programme);
    SoundBench restarted =
        stereo().play(3, programme).restart().play(2, programme).restart().play(4, programme);
    assertThat(restarted.finish().observations())
        .isNotEmpty()
        .isEqualTo(through.finish().observations());
  }

  @Test
  void finish_withinTheInversion_leavesNothingOpen() {
    assertThat(stereo().play(6, inverted(2, 9)).finish().open()).isEmpty();
  }
}
