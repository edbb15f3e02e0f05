package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.sound.SoundAnalyzer;
import io.aircheck.core.sound.SoundAnalyzers;
import io.aircheck.testkit.TestSound;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A tone that is louder or softer in each hundredth of a second by chance. */
class LadderSoundTest {
  private static final TimestampScope SCOPE = new TimestampScope(0, 7_000_000, 0);
  private static final int RATE = 8_000;
  private static final double[] LEVELS = new Random(5).doubles(10_000).toArray();

  private final LadderSound<String> ladder = new LadderSound<>();
  private final SoundLevels low = new SoundLevels();
  private final SoundLevels high = new SoundLevels();

  /** Lets a second be heard whose sound is late by so much. */
  private static void hear(SoundLevels levels, int second, double lateSeconds) {
    SoundAnalyzer analyzer = SoundAnalyzers.installed().create();
    TestSound sound =
        TestSound.generated(
            second * 1_000_000L,
            RATE,
            ChannelLayout.MONO,
            RATE,
            (channel, seconds) -> sample(seconds - lateSeconds));
    analyzer.analyze(sound, block -> levels.add(block, SCOPE));
  }

  private static double sample(double seconds) {
    int hundredth = (int) Math.floor(seconds * 100 + 1e-6);
    return LEVELS[Math.floorMod(hundredth, LEVELS.length)] * Math.sin(2 * Math.PI * 900 * seconds);
  }

  private Optional<String> run(int from, int to, double lateSeconds) {
    Optional<String> suspicion = Optional.empty();
    for (int second = from; second < to; second++) {
      hear(low, second, 0);
      hear(high, second, lateSeconds);
      Optional<String> found = ladder.compare("high", high, low);
      suspicion = found.isPresent() ? found : suspicion;
    }
    return suspicion;
  }

  @Test
  void compare_sameSound_isNotSuspicious() {
    assertThat(run(0, 30, 0)).isEmpty();
  }

  @Test
  void compare_lagThatNobodyNotices_isNotSuspicious() {
    assertThat(run(0, 30, 0.02)).isEmpty();
  }

  @Test
  void compare_soundBecomesLate_isSuspiciousOnce() {
    assertThat(run(0, 20, 0)).isEmpty();

    assertThat(run(20, 35, 0.08)).contains("the sound of a rendition lies elsewhere");
    assertThat(run(35, 60, 0.08)).isEmpty();
  }

  @Test
  void compare_soundIsEarlyFromTheStart_isSuspicious() {
    assertThat(run(0, 20, -0.12)).isPresent();
  }

  @Test
  void compare_otherSound_isNotSuspicious() {
    assertThat(run(0, 30, 5)).isEmpty();
  }

  @Test
  void compare_silence_isNotSuspicious() {
    for (int second = 0; second < 20; second++) {
      hear(low, second, 0);
      TestSound silence =
          TestSound.generated(
              second * 1_000_000L, RATE, ChannelLayout.MONO, RATE, (channel, seconds) -> 0);
      SoundAnalyzers.installed().create().analyze(silence, block -> high.add(block, SCOPE));
      assertThat(ladder.compare("high", high, low)).isEmpty();
    }
  }
}
