package io.aircheck.faults.scene;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;

/**
 * The test signal for sound against picture: once in a while a white field and a beep of the same
 * beginning and length, on dark grey and silence. The beep can be shifted.
 */
public final class FlashAndBeepScene implements Scene {
  private static final double BEEP_HERTZ = 1000;
  private static final double BEEP_LEVEL = 0.25;
  private static final int DARK = 40;
  private static final int WHITE = 220;

  private final Format format;
  private final int periodPictures;
  private final int flashPictures;
  private final double soundLateMillis;
  private final Picture picture;

  /**
   * @param periodPictures pictures from flash to flash
   * @param flashPictures length of a flash
   * @param soundLateMillis how much later the beep begins than the flash; negative: earlier
   */
  public FlashAndBeepScene(
      Format format, int periodPictures, int flashPictures, double soundLateMillis) {
    if (flashPictures < 1 || flashPictures >= periodPictures) {
      throw new IllegalArgumentException("a flash must be shorter than the time between flashes");
    }
    this.format = format;
    this.periodPictures = periodPictures;
    this.flashPictures = flashPictures;
    this.soundLateMillis = soundLateMillis;
    this.picture = new Picture(format.width(), format.height());
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public FrameView picture(long index) {
    // The first flash comes half a period after the start.
    long phase = Math.floorMod(index - periodPictures / 2, (long) periodPictures);
    picture.fill(phase < flashPictures ? WHITE : DARK, 128, 128);
    long micros = format.micros(index);
    return picture.at(micros, format.micros(index + 1) - micros);
  }

  @Override
  public AudioView sound(long firstSample, int count) {
    float[] samples = new float[count];
    double pictureSeconds = (double) format.frameRateDenominator() / format.frameRateNumerator();
    double period = periodPictures * pictureSeconds;
    double length = flashPictures * pictureSeconds;
    double first = periodPictures / 2 * pictureSeconds + soundLateMillis / 1000;
    for (int i = 0; i < count; i++) {
      double since = (double) (firstSample + i) / SAMPLE_RATE - first;
      double phase = since - Math.floor(since / period) * period;
      if (phase < length) {
        samples[i] = (float) (BEEP_LEVEL * Math.sin(2 * Math.PI * BEEP_HERTZ * phase));
      }
    }
    return new Sound(
        firstSample * 1_000_000 / SAMPLE_RATE,
        SAMPLE_RATE,
        channelLayout(),
        new float[][] {samples, samples});
  }
}
