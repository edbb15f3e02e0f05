package io.aircheck.detectors.sound.clipping;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClippingMonitorTest {
  /** Four partials without a common period: neither a tone nor noise. */
  private static double chord(double t) {
    return 0.2
        * (Math.sin(2 * Math.PI * 220 * t)
            + Math.sin(2 * Math.PI * 277.18 * t)
            + Math.sin(2 * Math.PI * 1318.5 * t)
            + Math.sin(2 * Math.PI * 415.3 * t));
  }

  private static double overdriven(double t, double gainDecibels, double ceiling) {
    double gain = Math.pow(10, gainDecibels / 20);
    return ceiling * Math.clamp(gain * chord(t), -1, 1);
  }

  private static SoundBench stereo() {
    return new SoundBench(new ClippingFactory(), 48_000, ChannelLayout.STEREO);
  }

  @Test
  void overdrive_by18Decibels_isAnErrorWithItsTimes() {
    SoundBench bench =
        stereo()
            .play(2, (c, t) -> chord(t))
            .play(3, (c, t) -> overdriven(t, 18, 1))
            .play(3, (c, t) -> chord(t));
    List<Finding> findings = bench.finish().closed();
    assertThat(findings).hasSize(1);
    Finding clipping = findings.getFirst();
    assertThat(clipping.startMicros()).isBetween(1_500_000L, 2_500_000L);
    assertThat(clipping.endMicros()).isBetween(4_500_000L, 5_500_000L);
    assertThat(clipping.severity()).isEqualTo(Severity.ERROR);
    assertThat(clipping.measurements().get("peak")).isCloseTo(1, within(1e-6));
  }

  @Test
  void overdrive_attenuatedAfterwardsInOneChannel_isClipping() {
    SoundBench bench = stereo().play(4, (c, t) -> c == 1 ? overdriven(t, 15, 0.2) : 0.2 * chord(t));
    assertThat(bench.finish().closed()).hasSize(1);
  }

  @Test
  void overdrive_withRippleOfALossyCodecOnTop_isClipping() {
    SoundBench bench = stereo().play(4, (c, t) -> overdriven(t, 18, 0.9) * (1 + noise(-30, c, t)));
    assertThat(bench.finish().closed()).hasSize(1);
  }

  /** Step times length of a sinusoid is 0.96 peaks; sampled, it is more for high frequencies. */
  @ParameterizedTest
  @ValueSource(doubles = {30, 100, 440, 997, 1980, 2757, 3680, 5000, 11_000})
  void sine_atFullScale_isNotClipping(double hertz) {
    SoundBench bench = stereo().play(3, (c, t) -> sine(hertz, 0, t));
    assertThat(bench.finish().closed()).isEmpty();
  }

  @Test
  void loudChord_belowFullScale_isNotClipping() {
    assertThat(stereo().play(4, (c, t) -> 1.2 * chord(t)).finish().closed()).isEmpty();
  }

  @Test
  void loudNoise_isNotClipping() {
    assertThat(stereo().play(3, (c, t) -> noise(-6, c, t)).finish().closed()).isEmpty();
  }

  @Test
  void share_squareWave_countsAllSamples() {
    SoundBench bench = stereo().play(2, (c, t) -> Math.floor(t * 200) % 2 == 0 ? 0.8 : -0.8);
    assertThat(bench.finish().metric("audio.clipped_share").getLast().value())
        .isCloseTo(1, within(0.01));
  }

  @Test
  void share_samplesBeyondFullScale_areClipped() {
    SoundBench bench = stereo().play(2, (c, t) -> sine(997, 6, t));
    // |sin| > 1/2 in two thirds of the time.
    assertThat(bench.finish().metric("audio.clipped_share").getLast().value())
        .isCloseTo(2.0 / 3, within(0.03));
  }

  @Test
  void chunkingAndRestore_anywhere_sameObservations() {
    TestSound.Generator programme = (c, t) -> t < 1.3 ? chord(t) : overdriven(t, 18, 0.7);
    SoundBench through = stereo().play(2.1, programme).play(1.7, programme);
    SoundBench other =
        stereo().play(2.1, 1, 3000, programme).restart().play(1.7, 5, 700, programme);
    assertThat(other.finish().observations())
        .isNotEmpty()
        .isEqualTo(through.finish().observations());
    assertThat(other.sink().open()).isEmpty();
  }
}
