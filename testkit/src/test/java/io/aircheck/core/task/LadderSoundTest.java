package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.sound.SoundBlock;
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

  /** A block of a tone; nothing but its time and its power matters. */
  private record Tone(long startMicros, double level) implements SoundBlock {
    @Override
    public String trackId() {
      return "audio:0";
    }

    @Override
    public long endMicros() {
      return startMicros + 10_000;
    }

    @Override
    public boolean continuous() {
      return startMicros > 0;
    }

    @Override
    public int sampleRate() {
      return RATE;
    }

    @Override
    public ChannelLayout channelLayout() {
      return ChannelLayout.MONO;
    }

    @Override
    public int sampleCount() {
      return RATE / BLOCKS_PER_SECOND;
    }

    @Override
    public float[] channel(int index) {
      throw new UnsupportedOperationException("levels are enough");
    }

    @Override
    public double mean(int channel) {
      return 0;
    }

    @Override
    public double power(int channel) {
      return level * level / 2;
    }

    @Override
    public double peak(int channel) {
      return level;
    }

    @Override
    public double weightedPower(int channel) {
      return power(channel);
    }
  }

  /** Lets a second be heard whose sound is late by so many hundredths of a second. */
  private static void hear(SoundLevels levels, int second, int late) {
    for (int block = second * 100; block < (second + 1) * 100; block++) {
      double level = LEVELS[Math.floorMod(block - late, LEVELS.length)];
      levels.add(new Tone(block * 10_000L, level), SCOPE);
    }
  }

  private Optional<String> run(int from, int to, int late) {
    Optional<String> suspicion = Optional.empty();
    for (int second = from; second < to; second++) {
      hear(low, second, 0);
      hear(high, second, late);
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
    assertThat(run(0, 30, 2)).isEmpty();
  }

  @Test
  void compare_soundBecomesLate_isSuspiciousOnce() {
    assertThat(run(0, 20, 0)).isEmpty();

    assertThat(run(20, 35, 8)).contains("the sound of a rendition lies elsewhere");
    assertThat(run(35, 60, 8)).isEmpty();
  }

  @Test
  void compare_soundIsEarlyFromTheStart_isSuspicious() {
    assertThat(run(0, 20, -12)).isPresent();
  }

  @Test
  void compare_otherSound_isNotSuspicious() {
    assertThat(run(0, 30, 500)).isEmpty();
  }

  @Test
  void compare_silence_isNotSuspicious() {
    for (int second = 0; second < 20; second++) {
      hear(low, second, 0);
      for (int block = second * 100; block < (second + 1) * 100; block++) {
        high.add(new Tone(block * 10_000L, 0), SCOPE);
      }
      assertThat(ladder.compare("high", high, low)).isEmpty();
    }
  }
}
