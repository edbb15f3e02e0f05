package io.aircheck.detectors.sound.jump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BandLevelsTest {
  private static final int RATE = 48_000;
  private static final int LENGTH = 480;

  /** Bands: 100, 250, 500, 800, 1250, 2000, 3200, 5000, 8000, 12000 Hz. */
  private static final int BAND_OF_1_KHZ = 3;

  private final BandLevels bands = new BandLevels(RATE, LENGTH);

  private static float[] tone(double hertz, double amplitude) {
    float[] samples = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
    }
    return samples;
  }

  private double[] measure(float[]... channels) {
    double[] levels = new double[bands.count()];
    bands.measure(channels, levels);
    return levels;
  }

  @Test
  void fullScaleTone_inOneChannel_hasMinusThreeDecibelsInItsBandOnly() {
    double[] levels = measure(tone(1000, 1));
    assertThat(levels[BAND_OF_1_KHZ]).isCloseTo(-3.01, within(0.2));
    assertThat(levels[BAND_OF_1_KHZ + 2]).isLessThan(-50);
  }

  @Test
  void toneAndSilence_inTwoChannels_isHalfThePower() {
    double[] levels = measure(tone(1000, 1), new float[LENGTH]);
    assertThat(levels[BAND_OF_1_KHZ]).isCloseTo(-6.02, within(0.2));
  }

  @Test
  void tones_ofTwoChannels_areKeptApart() {
    double[] levels = measure(tone(1000, 0.1), tone(6500, 0.01));
    assertThat(levels[BAND_OF_1_KHZ]).isCloseTo(-26.02, within(0.2));
    assertThat(levels[7]).isCloseTo(-46.02, within(0.2));
  }

  @Test
  void silence_anyBand_hasTheFloor() {
    assertThat(measure(new float[LENGTH])).containsOnly(-100);
  }

  @Test
  void lowSampleRate_bandsAboveIt_areLeftOut() {
    assertThat(new BandLevels(16_000, 160).count()).isEqualTo(7);
    assertThat(bands.count()).isEqualTo(9);
  }
}
