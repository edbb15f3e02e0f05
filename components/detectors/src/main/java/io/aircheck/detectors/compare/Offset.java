package io.aircheck.detectors.compare;

import java.io.Serializable;
import java.util.Optional;

/**
 * Sound against picture in one window, relative to another point of the programme.
 *
 * @param fromMicros where the window begins, media time of the monitored point
 * @param toMicros where it ends
 * @param offsetMillis how much later the sound is against the picture than at the other point
 * @param delayMillis how much later the picture is than at the other point, in media time
 * @param exact whether both points have the same picture rate
 */
record Offset(
    long fromMicros, long toMicros, double offsetMillis, double delayMillis, boolean exact)
    implements Serializable {
  /** Length of a window. */
  static final long WINDOW_MICROS = 6_000_000;

  /**
   * Length that is tried first, and is enough where both points have the same picture rate: none of
   * 690 windows of 3 s was wrong.
   */
  static final long SHORT_WINDOW_MICROS = 3_500_000;

  /**
   * What a window leaves out at both ends of what is known, so that what belongs to it lies within
   * what is known of the other point, too, where both are in step.
   */
  static final long MARGIN_MICROS = 150_000;

  /** How far sound is searched around where the picture is. */
  private static final int SOUND_REACH_MILLIS = 10_000;

  /** Offsets of windows this close agree. */
  private static final double AGREEMENT_MILLIS = 10;

  /** Delays of windows this close agree: two pictures at 25 per second. */
  private static final double DELAY_AGREEMENT_MILLIS = 80;

  /**
   * What came of looking for a window at the other point.
   *
   * @param seen whether its pictures were found
   * @param offset empty when picture or sound could not be placed with certainty
   */
  record Attempt(boolean seen, Optional<Offset> offset) {
    static final Attempt NONE = new Attempt(false, Optional.empty());

    private boolean isExact() {
      return offset.filter(Offset::exact).isPresent();
    }
  }

  /**
   * Measures the last seconds of one history up to a time against all of another: a short window
   * when that tells, otherwise a long one. The offset is that of {@code here} against {@code
   * there}.
   */
  static Attempt measure(SignatureHistory here, long endMicros, SignatureHistory there) {
    if (!measurable(here, endMicros)) {
      return Attempt.NONE;
    }
    long to = endMicros - MARGIN_MICROS;
    Attempt soon = measure(here, to - SHORT_WINDOW_MICROS, to, there);
    if (soon.isExact()) {
      return soon;
    }
    Attempt later =
        lengthMicros(here, endMicros) < WINDOW_MICROS
            ? Attempt.NONE
            : measure(here, to - WINDOW_MICROS, to, there);
    return new Attempt(soon.seen() || later.seen(), later.offset());
  }

  /** Whether enough is known of a point, up to a time, for a window. */
  static boolean measurable(SignatureHistory here, long endMicros) {
    return lengthMicros(here, endMicros) >= SHORT_WINDOW_MICROS;
  }

  private static long lengthMicros(SignatureHistory here, long endMicros) {
    return endMicros - here.pictures().getFirst().ptsMicros() - 2 * MARGIN_MICROS;
  }

  private static Attempt measure(
      SignatureHistory here, long fromMicros, long toMicros, SignatureHistory there) {
    return PictureComparison.lag(
            PictureSeries.of(here.pictures()),
            fromMicros,
            toMicros,
            PictureSeries.of(there.pictures()))
        .filter(Lag::accepted)
        .map(seen -> new Attempt(true, hear(here, fromMicros, toMicros, there, seen)))
        .orElse(Attempt.NONE);
  }

  /** Looks for the sound of a window around where its pictures were seen. */
  private static Optional<Offset> hear(
      SignatureHistory here, long fromMicros, long toMicros, SignatureHistory there, Lag seen) {
    return SoundComparison.lag(
            SoundSeries.of(here.sounds()),
            fromMicros / 1000,
            toMicros / 1000,
            SoundSeries.of(there.sounds()),
            Math.round(seen.micros() / 1000),
            SOUND_REACH_MILLIS)
        .filter(Lag::accepted)
        .map(
            heard ->
                new Offset(
                    fromMicros,
                    toMicros,
                    (heard.micros() - seen.micros()) / 1000,
                    seen.micros() / 1000,
                    seen.exact()));
  }

  /** The same measurement as the other point sees it. */
  Offset reversed() {
    long shift = Math.round(delayMillis * 1000);
    return new Offset(fromMicros - shift, toMicros - shift, -offsetMillis, -delayMillis, exact);
  }

  /** Whether both tell the same, so that chance is ruled out. */
  boolean agreesWith(Offset other) {
    return Math.abs(offsetMillis - other.offsetMillis) <= AGREEMENT_MILLIS
        && Math.abs(delayMillis - other.delayMillis) <= DELAY_AGREEMENT_MILLIS;
  }
}
