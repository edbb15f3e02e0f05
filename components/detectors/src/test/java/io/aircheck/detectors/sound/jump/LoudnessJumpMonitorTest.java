package io.aircheck.detectors.sound.jump;

import static io.aircheck.detectors.sound.SoundBench.noise;
import static io.aircheck.detectors.sound.SoundBench.sine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Finding;
import io.aircheck.detectors.sound.SoundBench;
import io.aircheck.testkit.TestSound;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoudnessJumpMonitorTest {
  private static final int RATE = 16_000;

  private static SoundBench stereo() {
    return new SoundBench(new LoudnessJumpFactory(), RATE, ChannelLayout.STEREO);
  }

  /** A tone at -30 dBFS, 15 dB louder from 5 s to 9 s. */
  private static double jump(int channel, double t) {
    return sine(1000, t >= 5 && t < 9 ? -15 : -30, t);
  }

  @Test
  void jump_andBackAfterFourSeconds_isOneFindingWithItsTimesAndChange() {
    List<Finding> findings = stereo().play(14, LoudnessJumpMonitorTest::jump).finish().closed();
    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.startMicros()).isCloseTo(5_000_000, within(110_000L));
    assertThat(finding.endMicros()).isCloseTo(9_000_000, within(110_000L));
    assertThat(finding.measurements().get("changeLu")).isCloseTo(15, within(1.0));
  }

  @Test
  void jump_thatStays_endsAtTheLongestDuration() {
    List<Finding> findings =
        stereo().play(25, (c, t) -> sine(1000, t < 5 ? -30 : -15, t)).finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().durationMicros()).isCloseTo(10_000_000, within(210_000L));
  }

  @Test
  void steady_tone_isNoJump() {
    assertThat(stereo().play(12, (c, t) -> sine(1000, -20, t)).finish().closed()).isEmpty();
  }

  @Test
  void beginning_afterNearSilence_isNoJump() {
    SoundBench bench = stereo().play(5, (c, t) -> noise(-60, c, t));
    assertThat(bench.play(6, (c, t) -> sine(1000, -20, t)).finish().closed()).isEmpty();
  }

  @Test
  void pause_inAMusicalTone_isNoJump() {
    TestSound.Generator pauses = (c, t) -> t % 4 < 1.5 ? 0 : sine(1000, -20, t);
    assertThat(stereo().play(20, pauses).finish().closed()).isEmpty();
  }

  @Test
  void fade_bySixDecibelsPerSecond_isNoJump() {
    TestSound.Generator fade = (c, t) -> sine(1000, -36 + Math.clamp(6 * (t - 4), 0, 24), t);
    assertThat(stereo().play(12, fade).finish().closed()).isEmpty();
  }

  @Test
  void bang_ofHalfASecond_isNoJump() {
    TestSound.Generator bang = (c, t) -> sine(1000, t >= 5 && t < 5.5 ? -6 : -30, t);
    assertThat(stereo().play(12, bang).finish().closed()).isEmpty();
  }

  @Test
  void drop_byFifteenDecibels_isOneFindingOfSofterSound() {
    List<Finding> findings =
        stereo().play(12, (c, t) -> sine(1000, t < 5 ? -15 : -30, t)).finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().startMicros()).isCloseTo(5_000_000, within(20_000L));
    assertThat(findings.getFirst().measurements().get("changeLu")).isCloseTo(-15, within(0.1));
  }

  @Test
  void gainOfTwelveDecibels_inNoise_isMeasuredAndNearlyCertain() {
    List<Finding> findings =
        stereo().play(9, (c, t) -> noise(t < 4 ? -40 : -28, c, t)).finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().measurements().get("changeLu")).isCloseTo(12, within(0.5));
    assertThat(findings.getFirst().confidence()).isGreaterThan(0.9);
  }

  @Test
  void tones_thatJoinAnother_areNoJump() {
    TestSound.Generator join =
        (c, t) -> sine(300, -35, t) + (t < 5 ? 0 : sine(1500, -20, t) + sine(3100, -20, t));
    assertThat(stereo().play(12, join).finish().closed()).isEmpty();
  }

  @Test
  void struckNotes_thatDieAway_areNoJump() {
    TestSound.Generator notes =
        (c, t) -> sine(700, -30, t) + (t < 5 ? 0 : noise(-6 - 40 * (t % 1), c, t));
    assertThat(stereo().play(12, notes).finish().closed()).isEmpty();
  }

  @Test
  void chunking_anyRunLength_sameObservations() {
    SoundBench regular = stereo().play(14, LoudnessJumpMonitorTest::jump);
    SoundBench random = stereo().play(14, 1, 3000, LoudnessJumpMonitorTest::jump);
    assertThat(random.finish().observations())
        .isNotEmpty()
        .isEqualTo(regular.finish().observations());
  }

  @Test
  void restore_beforeAndWithinTheJump_sameObservations() {
    SoundBench through =
        stereo()
            .play(4.55, LoudnessJumpMonitorTest::jump)
            .play(4, LoudnessJumpMonitorTest::jump)
            .play(5, LoudnessJumpMonitorTest::jump);
    SoundBench restarted =
        stereo()
            .play(4.55, LoudnessJumpMonitorTest::jump)
            .restart()
            .play(4, LoudnessJumpMonitorTest::jump)
            .restart()
            .play(5, LoudnessJumpMonitorTest::jump);
    assertThat(restarted.finish().observations())
        .isNotEmpty()
        .isEqualTo(through.finish().observations());
  }

  @Test
  void finish_withinTheJump_leavesNothingOpen() {
    SoundBench bench = stereo().play(8, LoudnessJumpMonitorTest::jump);
    assertThat(bench.finish().closed()).hasSize(1);
    assertThat(bench.sink().open()).isEmpty();
  }
}
