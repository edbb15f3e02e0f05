package io.aircheck.faults.scene;

import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import java.util.List;

/**
 * A programme in which there is always something to see and to hear: a landscape passes by, striped
 * discs float and turn, a clock and a picture counter run, a melody plays. No detector has anything
 * to object to.
 */
public final class LivelyScene implements Scene {
  /** Time to pass by one picture width. */
  private static final double SECONDS_PER_WIDTH = 12;

  private final Format format;
  private final Picture picture;
  private final Backdrop backdrop;
  private final List<Disc> discs;
  private final Melody melody;
  private final long step;

  public LivelyScene(Format format, long seed) {
    this.format = format;
    this.picture = new Picture(format.width(), format.height());
    this.backdrop = new Backdrop(format.width(), format.height(), seed);
    double size = format.height();
    this.discs =
        List.of(
            new Disc(0.16 * size, 90, 200, 11, 7, 0.10, 0.11),
            new Disc(0.12 * size, 190, 90, 8, 9, 0.45, -0.17),
            new Disc(0.08 * size, 60, 150, 6, 5, 0.80, 0.23));
    this.melody = new Melody(seed);
    double perPicture =
        format.width()
            / SECONDS_PER_WIDTH
            * format.frameRateDenominator()
            / format.frameRateNumerator();
    // The same even number of samples from picture to picture: motion without a stutter.
    this.step = 2 * Math.max(1, Math.round(perPicture / 2));
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public FrameView picture(long index) {
    return draw(index);
  }

  /** The picture, to be changed or shrunk before it is shown. */
  public Picture draw(long index) {
    long micros = format.micros(index);
    double seconds = micros / 1e6;
    backdrop.show(picture, index * step);
    for (Disc disc : discs) {
      disc.draw(picture, seconds);
    }
    int dot = Math.max(1, format.height() / 90);
    int margin = 4 * dot;
    Glyphs.write(picture, clock(seconds), margin, margin, dot);
    String counter = "%06d".formatted(index % 1_000_000);
    Glyphs.write(
        picture,
        counter,
        format.width() - Glyphs.width(counter, dot) - margin,
        format.height() - margin - 8 * dot,
        dot);
    return picture.at(micros, format.micros(index + 1) - micros);
  }

  private static String clock(double seconds) {
    long whole = (long) seconds;
    return "%02d:%02d:%02d.%d"
        .formatted(whole / 3600 % 100, whole / 60 % 60, whole % 60, (int) ((seconds - whole) * 10));
  }

  @Override
  public AudioView sound(long firstSample, int count) {
    float[] left = new float[count];
    float[] right = new float[count];
    melody.write(firstSample, left, right);
    return new Sound(
        firstSample * 1_000_000 / SAMPLE_RATE,
        SAMPLE_RATE,
        channelLayout(),
        new float[][] {left, right});
  }
}
