package io.aircheck.media.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The unit of a track's timestamps: {@code numerator / denominator} seconds.
 *
 * @param numerator positive
 * @param denominator positive
 */
record Ticks(int numerator, int denominator) {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** FFmpeg's form of it: native memory, which only closing it frees. */
  AVRational toRational() {
    return avutil.av_make_q(numerator, denominator);
  }

  /** Microseconds, rounded to nearest; exact for any timestamp below 2^52 units. */
  long toMicros(long ticks) {
    long units = ticks * numerator;
    long seconds = Math.floorDiv(units, denominator);
    long rest = Math.floorMod(units, denominator);
    return seconds * MICROS_PER_SECOND + (rest * MICROS_PER_SECOND + denominator / 2) / denominator;
  }

  /** Units, rounded to nearest. */
  long fromMicros(long micros) {
    long scale = MICROS_PER_SECOND * numerator;
    long whole = Math.floorDiv(micros, scale);
    long rest = Math.floorMod(micros, scale);
    return whole * denominator + (rest * denominator + scale / 2) / scale;
  }
}
