package io.aircheck.detectors.sound.dropout;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMonitorTest {
  private static final TestSound.Generator STEADY = (c, t) -> noise(-20, c, t);

  private static SoundBench stereo() {
    return new SoundBench(new DropoutFactory(), 48_000, ChannelLayout.STEREO);
  }

  private static TestSound.Generator holed(double from, double seconds) {
    return (c, t) -> t >= from && t < from + seconds ? 0 : STEADY.at(c, t);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.03, 0.2, 0.7})
  void hole_inSteadySound_isOneFindingOfItsLength(double seconds) {
    List<Finding> findings = stereo().play(3, holed(1, seconds)).finish().closed();
    assertThat(findings).hasSize(1);
    Finding dropout = findings.getFirst();
    assertThat(dropout.startMicros()).isEqualTo(1_000_000);
    assertThat((double) dropout.durationMicros()).isCloseTo(seconds * 1e6, within(2_500.0));
    assertThat(dropout.severity()).isEqualTo(Severity.WARNING);
    assertThat(dropout.measurements().get("levelBeforeDbfs")).isCloseTo(-20, within(0.5));
  }

  @Test
  void hole_withPreEchoOfALossyCodec_isFound() {
    TestSound.Generator smeared =
        (c, t) ->
            t < 1 || t >= 1.03 ? STEADY.at(c, t) : t < 1.012 ? noise(-43, c, t) : noise(-70, c, t);
    assertThat(stereo().play(3, smeared).finish().closed()).hasSize(1);
  }

  @Test
  void hole_inOneChannel_isFound() {
    TestSound.Generator left = (c, t) -> c == 0 ? holed(1, 0.03).at(c, t) : STEADY.at(c, t);
    assertThat(stereo().play(3, left).finish().closed()).hasSize(1);
  }

  @Test
  void hole_inTheCentreOfSurround_isFoundAndInTheLfeIsNot() {
    for (int channel : new int[] {2, 3}) {
      SoundBench bench = new SoundBench(new DropoutFactory(), 48_000, ChannelLayout.SURROUND_5_1);
      TestSound.Generator one = (c, t) -> c == channel ? holed(1, 0.03).at(c, t) : STEADY.at(c, t);
      assertThat(bench.play(2, one).finish().closed()).hasSize(channel == 2 ? 1 : 0);
    }
  }

  @Test
  void hole_at44100Hertz_isFound() {
    SoundBench bench = new SoundBench(new DropoutFactory(), 44_100, ChannelLayout.STEREO);
    assertThat(bench.play(3, holed(1, 0.03)).finish().closed()).hasSize(1);
  }

  @Test
  void notes_thatDieAwaySlowly_areNotDropouts() {
    SoundBench bench =
        stereo().play(6, (c, t) -> 3 * noise(-20, c, t) * Math.exp(-(t % 0.25) / 0.02));
    assertThat(bench.finish().closed()).isEmpty();
  }

  @Test
  void pause_thatFallsWithinFortyMilliseconds_isNotADropout() {
    // A speaker's voice falls by 60 dB in 40 ms, pauses and sets in at once.
    TestSound.Generator speech =
        (c, t) ->
            t < 1 || t > 1.15 ? STEADY.at(c, t) : noise(-20 - Math.min(60, 1500 * (t - 1)), c, t);
    assertThat(stereo().play(3, speech).finish().closed()).isEmpty();
  }

  @Test
  void pause_longWithRoomNoise_isNotADropoutHoweverAbrupt() {
    TestSound.Generator gated = (c, t) -> t > 1 && t < 1.3 ? noise(-65, c, t) : STEADY.at(c, t);
    assertThat(stereo().play(3, gated).finish().closed()).isEmpty();
  }

  @Test
  void end_ofTheProgramme_isNotADropout() {
    SoundBench bench = stereo().play(2, STEADY).play(3, (c, t) -> 0).play(1, STEADY);
    assertThat(bench.finish().closed()).isEmpty();
  }

  @Test
  void hole_inAmbienceOfMinus45_isNotADropout() {
    TestSound.Generator ambience = (c, t) -> t > 1 && t < 1.03 ? 0 : noise(-45, c, t);
    assertThat(stereo().play(2, ambience).finish().closed()).isEmpty();
  }

  @Test
  void holes_fiveInTenSeconds_theFifthIsAnError() {
    TestSound.Generator torn = (c, t) -> t > 0.5 && t % 1 < 0.02 ? 0 : STEADY.at(c, t);
    assertThat(stereo().play(6.5, torn).finish().closed())
        .extracting(Finding::severity)
        .containsExactly(
            Severity.WARNING,
            Severity.WARNING,
            Severity.WARNING,
            Severity.WARNING,
            Severity.ERROR,
            Severity.ERROR);
  }

  @Test
  void chunkingAndRestore_withinAHole_sameObservations() {
    SoundBench through = stereo().play(1.017, holed(1, 0.03)).play(1, holed(1, 0.03));
    SoundBench other =
        stereo().play(1.017, 1, 900, holed(1, 0.03)).restart().play(1, 3, 90, holed(1, 0.03));
    assertThat(other.finish().observations())
        .isNotEmpty()
        .isEqualTo(through.finish().observations());
    assertThat(other.sink().open()).isEmpty();
  }
}
