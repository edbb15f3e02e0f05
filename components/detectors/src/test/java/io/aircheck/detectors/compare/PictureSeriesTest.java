package io.aircheck.detectors.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.observe.Fingerprint;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureSeriesTest {
  private static final int PICTURES = 60;

  /** Luma at random for each of a number of pictures. */
  private static float[] lumas(int seed) {
    Random random = new Random(seed);
    float[] lumas = new float[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
      lumas[i] = random.nextInt(16, 236);
    }
    return lumas;
  }

  /** Pictures of one luma each, shown a number of times, 80 ms in all. */
  private static PictureSeries shown(float[] lumas, int times, float noise) {
    Random random = new Random(3);
    int rows = lumas.length * times;
    float[] values = new float[rows * PictureSignature.ROW];
    for (int row = 0; row < rows; row++) {
      int at = row * PictureSignature.ROW;
      values[at] = row * 80_000f / times;
      for (int b = 0; b < PictureSignature.BLOCKS; b++) {
        float coding = noise * (2 * random.nextFloat() - 1);
        values[at + 1 + PictureSignature.BLOCKS + b] = lumas[row / times] + coding;
      }
    }
    return PictureSeries.of(
        List.of(
            new Fingerprint("video:0", "picture.blocks/1", 0, 0, TimestampScope.UNKNOWN, values)));
  }

  private static void assertSame(UniformSeries converted, UniformSeries original) {
    assertThat(converted.startMicros()).isEqualTo(original.startMicros());
    for (int i = 0; i < original.values().length; i++) {
      assertThat(converted.values()[i]).isCloseTo(original.values()[i], within(0.5f));
    }
  }

  @Test
  void atCommonRate_picturesRepeatedForAHigherRate_areTheSamePictures() {
    UniformSeries original = shown(lumas(1), 1, 0).atCommonRate();

    assertSame(shown(lumas(1), 2, 0).atCommonRate(), original);
    assertSame(shown(lumas(1), 4, 0).atCommonRate(), original);
  }

  @Test
  void atCommonRate_repetitionsWithCodingNoise_areTheSamePictures() {
    UniformSeries original = shown(lumas(1), 1, 0).atCommonRate();
    UniformSeries noisy = shown(lumas(1), 2, 0.2f).atCommonRate();

    // Noise shows where luma hardly changes; where it does, nothing moves in time.
    for (int i = 0; i < original.values().length; i++) {
      if (Math.abs(original.values()[i]) > 6) {
        assertThat(noisy.values()[i]).isCloseTo(original.values()[i], within(0.2f));
      }
    }
  }

  @Test
  void atCommonRate_stillSceneThenCut_theCutStaysWhereItIs() {
    float[] still = new float[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
      still[i] = i < 30 ? 50 : 200;
    }

    UniformSeries series = shown(still, 2, 0).atCommonRate();

    double cutMicros = 30 * 80_000.0;
    int before = series.rowAt(cutMicros - 160_000);
    assertThat(series.values()[before * PictureSignature.BLOCKS]).isZero();
    int after = series.rowAt(cutMicros + 40_000);
    assertThat(series.values()[after * PictureSignature.BLOCKS]).isGreaterThan(9);
  }
}
