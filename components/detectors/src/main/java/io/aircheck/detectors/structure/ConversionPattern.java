package io.aircheck.detectors.structure;

import io.aircheck.detectors.structure.Cadence.Picture;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Single repetitions that a programme has by its nature, as conversion to a higher picture rate
 * makes them: one picture in five from 24 to 30 a second, one in six from 25.
 *
 * <p>A shot's {@link Cadence} learns such repetitions, but only where it sees them: after a cut in
 * noise, or where motion is slow, the first ones are hidden and later ones seem to be a defect that
 * began; and conversion by way of a third rate makes groups of repetitions with long smooth
 * stretches between them. But picture rates are whole numbers a second, or all the same thousandth
 * less, so what any chain of conversions makes comes again after a second, whatever is cut
 * meanwhile. A repetition is the programme's own when the input began with it, in its first second,
 * or when it came at the same place in several seconds while no stutter was found.
 */
final class ConversionPattern {
  private static final long BEAT_MICROS = 1_000_000;

  /** A place is forgotten after this many beats without a repetition. */
  private static final int MAX_BEATS = 10;

  /** Repetitions that make a place the programme's own. */
  private static final int MIN_REPETITIONS = 5;

  /** Pictures in a row that move where a repetition was due. */
  private static final int MAX_MISSES = 6;

  /** Smaller steps than this, against the usual one, may be badly coded repetitions. */
  private static final double MIN_STEP = 0.5;

  /** Places in a beat: every second picture at 60 a second. */
  private static final int CAPACITY = 32;

  private final long[] lastMicros = new long[CAPACITY];
  private final int[] repetitions = new int[CAPACITY];
  private final int[] misses = new int[CAPACITY];
  private int places;
  private int held;
  private long startMicros = Long.MIN_VALUE;

  /** Forgets the programme; the next picture is the first one of another. */
  void clear() {
    places = 0;
    held = 0;
    startMicros = Long.MIN_VALUE;
  }

  /**
   * Takes in a picture.
   *
   * @param picture what it is
   * @param jump size of its step against the usual one
   * @param atMicros media time at which it appears
   * @param pictureMicros time since the picture before
   * @return whether the hold before it is the programme's own: a single repetition where one was
   *     due
   */
  boolean explains(Picture picture, double jump, long atMicros, long pictureMicros) {
    if (startMicros == Long.MIN_VALUE) {
      startMicros = atMicros;
    }
    if (picture == Picture.REPEATED) {
      held++;
      return false;
    }
    boolean explained = false;
    if (held == 1) {
      explained = repeated(atMicros - pictureMicros, pictureMicros);
    } else if (held == 0 && jump >= MIN_STEP) {
      moved(atMicros, pictureMicros);
    }
    held = 0;
    return explained;
  }

  /** Tells that a defect is going on: places that are not known yet are not the programme's own. */
  void distrust() {
    for (int i = places - 1; i >= 0; i--) {
      if (repetitions[i] < MIN_REPETITIONS) {
        remove(i);
      }
    }
  }

  private boolean repeated(long atMicros, long pictureMicros) {
    for (int i = places - 1; i >= 0; i--) {
      if (isPlace(i, atMicros, pictureMicros)) {
        boolean own = repetitions[i] >= MIN_REPETITIONS;
        lastMicros[i] = atMicros;
        repetitions[i]++;
        misses[i] = 0;
        return own;
      }
      if (atMicros - lastMicros[i] > MAX_BEATS * BEAT_MICROS) {
        remove(i);
      }
    }
    if (places < CAPACITY) {
      lastMicros[places] = atMicros;
      repetitions[places] = atMicros - startMicros <= BEAT_MICROS ? MIN_REPETITIONS : 1;
      misses[places] = 0;
      places++;
    }
    return false;
  }

  private void moved(long atMicros, long pictureMicros) {
    for (int i = places - 1; i >= 0; i--) {
      if (isPlace(i, atMicros, pictureMicros) && ++misses[i] >= MAX_MISSES) {
        remove(i);
      }
    }
  }

  private boolean isPlace(int i, long atMicros, long pictureMicros) {
    long since = atMicros - lastMicros[i];
    long beats = (since + BEAT_MICROS / 2) / BEAT_MICROS;
    return beats >= 1
        && beats <= MAX_BEATS
        && Math.abs(since - beats * BEAT_MICROS) < pictureMicros / 2;
  }

  private void remove(int i) {
    places--;
    lastMicros[i] = lastMicros[places];
    repetitions[i] = repetitions[places];
    misses[i] = misses[places];
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(startMicros);
    state.writeInt(held);
    state.writeInt(places);
    for (int i = 0; i < places; i++) {
      state.writeLong(lastMicros[i]);
      state.writeInt(repetitions[i]);
      state.writeInt(misses[i]);
    }
  }

  void restore(DataInput state) throws IOException {
    startMicros = state.readLong();
    held = state.readInt();
    places = state.readInt();
    for (int i = 0; i < places; i++) {
      lastMicros[i] = state.readLong();
      repetitions[i] = state.readInt();
      misses[i] = state.readInt();
    }
  }
}
