package io.aircheck.detectors.sound.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.testkit.TestSound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockAnalyzerTest {
  private record Measured(
      long start, long end, boolean continuous, double mean, double power, double weighted) {
    static Measured of(SoundBlock block) {
      return new Measured(
          block.startMicros(),
          block.endMicros(),
          block.continuous(),
          block.mean(0),
          block.power(0),
          block.weightedPower(0));
    }
  }

  private final BlockAnalyzer analyzer = new BlockAnalyzer();
  private final List<Measured> blocks = new ArrayList<>();

  private static TestSound sound(long pts, int rate, int count, TestSound.Generator generator) {
    return TestSound.generated(pts, rate, ChannelLayout.MONO, count, generator);
  }

  private void analyze(TestSound sound) {
    analyzer.analyze(sound, block -> blocks.add(Measured.of(block)));
  }

  @Test
  void blocks_runThatFillsTwoAndAHalf_twoOfTenMilliseconds() {
    analyze(sound(1_000_000, 48_000, 1200, (c, t) -> 0));
    assertThat(blocks)
        .extracting(Measured::start, Measured::end)
        .containsExactly(tuple(1_000_000L, 1_010_000L), tuple(1_010_000L, 1_020_000L));
  }

  @Test
  void power_constantOffset_isNothingAndMeanIsTheOffset() {
    analyze(sound(0, 48_000, 480, (c, t) -> 0.25));
    assertThat(blocks.getFirst().mean()).isEqualTo(0.25);
    assertThat(blocks.getFirst().power()).isEqualTo(0);
  }

  @Test
  void power_wholePeriodsOfFullScaleSine_isOneHalf() {
    analyze(sound(0, 48_000, 480, (c, t) -> Math.sin(2 * Math.PI * 1000 * t)));
    assertThat(blocks.getFirst().power()).isCloseTo(0.5, within(1e-6));
  }

  /** BS.1770-4: a 0 dBFS sine of 997 Hz in one channel reads -3.01 LKFS, so K gains 0.691 dB. */
  @ParameterizedTest
  @ValueSource(ints = {32_000, 44_100, 48_000, 96_000})
  void weightedPower_sineOf997Hertz_gainsTheOffsetOfTheLoudnessFormula(int rate) {
    analyze(sound(0, rate, rate, (c, t) -> Math.sin(2 * Math.PI * 997 * t)));
    double mean =
        blocks.subList(50, blocks.size()).stream()
            .mapToDouble(Measured::weighted)
            .average()
            .orElseThrow();
    assertThat(10 * Math.log10(mean / 0.5)).isCloseTo(0.691, within(0.02));
  }

  @Test
  void blocks_otherChunking_sameMeasurements() {
    TestSound.Generator tone = (c, t) -> 0.3 * Math.sin(2 * Math.PI * 440 * t) + 0.01;
    analyze(sound(0, 44_100, 44_100, tone));
    List<Measured> whole = List.copyOf(blocks);
    blocks.clear();
    BlockAnalyzer other = new BlockAnalyzer();
    for (int done = 0; done < 44_100; done += 70) {
      float[][] part = {new float[70]};
      for (int i = 0; i < 70; i++) {
        part[0][i] = (float) tone.at(0, (done + i) / 44_100.0);
      }
      other.analyze(
          new TestSound(done * 1_000_000L / 44_100, 44_100, ChannelLayout.MONO, part),
          block -> blocks.add(Measured.of(block)));
    }
    assertThat(blocks).isEqualTo(whole);
  }

  @Test
  void restore_inTheMiddleOfABlock_goesOnWithTheSameMeasurements() throws IOException {
    TestSound.Generator tone = (c, t) -> 0.5 * Math.sin(2 * Math.PI * 300 * t);
    analyze(sound(0, 48_000, 1000, tone));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    analyzer.snapshot(new DataOutputStream(bytes));
    BlockAnalyzer restored = new BlockAnalyzer();
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    TestSound rest = sound(20_833, 48_000, 1000, tone);
    List<Measured> expected = new ArrayList<>();
    analyzer.analyze(rest, block -> expected.add(Measured.of(block)));
    List<Measured> actual = new ArrayList<>();
    restored.analyze(rest, block -> actual.add(Measured.of(block)));
    assertThat(actual).isNotEmpty().isEqualTo(expected);
  }

  @Test
  void continuous_timestampsRoundedToMilliseconds_noBreak() {
    analyze(sound(0, 48_000, 1024, (c, t) -> 0));
    analyze(sound(21_000, 48_000, 1024, (c, t) -> 0));
    assertThat(blocks).extracting(Measured::continuous).containsExactly(false, true, true, true);
    assertThat(blocks.getLast().end()).isEqualTo(40_000);
  }

  @Test
  void continuous_gapOfASecond_beginsAnewAtTheTimestamp() {
    analyze(sound(0, 48_000, 700, (c, t) -> 0));
    analyze(sound(1_000_000, 48_000, 480, (c, t) -> 0));
    assertThat(blocks).extracting(Measured::continuous).containsExactly(false, false);
    assertThat(blocks.getLast().start()).isEqualTo(1_000_000);
  }

  @Test
  void power_samplesThatAreNotNumbers_countAsZero() {
    analyze(sound(0, 48_000, 960, (c, t) -> t < 0.005 ? Double.NaN : Double.POSITIVE_INFINITY));
    assertThat(blocks).extracting(Measured::weighted).containsExactly(0.0, 0.0);
  }
}
