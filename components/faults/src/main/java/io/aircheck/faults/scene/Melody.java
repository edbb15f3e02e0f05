package io.aircheck.faults.scene;

/**
 * Plucked notes of a pentatonic scale over a bed of soft noise, in stereo: structure to compare,
 * pauses to breathe, never silence, peaks well below full scale.
 */
final class Melody {
  private static final int NOTE_SAMPLES = 9_600;
  private static final int LONGEST_SAMPLES = 4 * NOTE_SAMPLES;
  private static final int HARMONICS = 4;

  /** About -52 dBFS: the noise floor of a quiet studio is lower, that of a street is higher. */
  private static final double FLOOR = 0.0045;

  /** A minor pentatonic from 196 Hz, in semitones; clear of mains frequencies. */
  private static final int[] SCALE = {0, 3, 5, 7, 10, 12, 15, 17};

  private static final double LOWEST_HERTZ = 196;

  private final long seed;

  Melody(long seed) {
    this.seed = seed;
  }

  /** Writes samples from a position on. */
  void write(long firstSample, float[] left, float[] right) {
    int count = left.length;
    for (int i = 0; i < count; i++) {
      long at = firstSample + i;
      left[i] = (float) (FLOOR * hiss(at, 0));
      right[i] = (float) (FLOOR * hiss(at, 1));
    }
    long firstNote = Math.max(0, Math.floorDiv(firstSample - LONGEST_SAMPLES, NOTE_SAMPLES));
    long lastNote = Math.floorDiv(firstSample + count - 1, NOTE_SAMPLES);
    for (long note = firstNote; note <= lastNote; note++) {
      play(note, firstSample, left, right);
    }
  }

  /** White noise made softer by its neighbour. */
  private double hiss(long sample, int channel) {
    return Noise.at(seed, sample, channel) + Noise.at(seed, sample - 1, channel) - 1;
  }

  private void play(long note, long firstSample, float[] left, float[] right) {
    double chance = Noise.at(seed + 1, note, 0);
    // One note in eight is a rest; the first of four is always played.
    if (chance < 0.125 && note % 4 != 0) {
      return;
    }
    int step = SCALE[(int) (Noise.at(seed + 2, note, 0) * SCALE.length)];
    double hertz = LOWEST_HERTZ * Math.pow(2, step / 12.0);
    double gain = 0.10 + 0.06 * Noise.at(seed + 3, note, 0);
    double pan = 0.35 + 0.3 * Noise.at(seed + 4, note, 0);
    double decay = 0.20 + 0.15 * Noise.at(seed + 5, note, 0);
    long begin = note * NOTE_SAMPLES;
    int from = (int) Math.max(0, begin - firstSample);
    int to = (int) Math.min(left.length, begin + LONGEST_SAMPLES - firstSample);
    for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
      // A rotating vector instead of a sine per sample.
      double angle = 2 * Math.PI * hertz * harmonic / Scene.SAMPLE_RATE;
      long age = firstSample + from - begin;
      double x = Math.cos(angle * age);
      double y = Math.sin(angle * age);
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      double fade = Math.exp(-harmonic / (decay * Scene.SAMPLE_RATE));
      double level = gain / harmonic * Math.pow(fade, age);
      for (int i = from; i < to; i++, age++) {
        double edge = Math.min(1, Math.min(age / 240.0, (LONGEST_SAMPLES - age) / 960.0));
        double sample = level * edge * y;
        left[i] += (float) (sample * (1 - pan));
        right[i] += (float) (sample * pan);
        double turned = x * cos - y * sin;
        y = x * sin + y * cos;
        x = turned;
        level *= fade;
      }
    }
  }
}
