package io.aircheck.detectors.structure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Pictures that came late shortly after one another, until they are enough for a verdict. */
final class LateRun {
  private long fromMicros;
  private long toMicros;
  private int count;
  private double holdSeconds;
  private double jumps;
  private double regular;
  private double periods;

  /**
   * Adds a late picture.
   *
   * @param atMicros media time at which it came
   * @param holdMicros how long the picture before it was held
   * @param jump its step against the usual one
   * @param periodMicros usual time between pictures
   * @param regularBefore regular pictures since the late picture before
   * @param maxGapMicros a longer gap begins a new run
   */
  void add(
      long atMicros,
      long holdMicros,
      long periodMicros,
      double jump,
      int regularBefore,
      long maxGapMicros) {
    if (count > 0 && atMicros - holdMicros - toMicros > maxGapMicros) {
      clear();
    }
    if (count == 0) {
      fromMicros = atMicros - holdMicros;
    }
    toMicros = atMicros;
    count++;
    holdSeconds += holdMicros / 1e6;
    jumps += jump;
    regular += regularBefore;
    periods += (double) holdMicros / Math.max(1, periodMicros);
  }

  void clear() {
    count = 0;
    holdSeconds = 0;
    jumps = 0;
    regular = 0;
    periods = 0;
  }

  int count() {
    return count;
  }

  /** When the first hold began. */
  long fromMicros() {
    return fromMicros;
  }

  double meanHoldSeconds() {
    return holdSeconds / count;
  }

  double meanJump() {
    return jumps / count;
  }

  /** Mean number of regular pictures before a late one. */
  double meanRegular() {
    return regular / count;
  }

  /** Mean hold in usual times between pictures. */
  double meanPeriods() {
    return periods / count;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(fromMicros);
    state.writeLong(toMicros);
    state.writeInt(count);
    state.writeDouble(holdSeconds);
    state.writeDouble(jumps);
    state.writeDouble(regular);
    state.writeDouble(periods);
  }

  void restore(DataInput state) throws IOException {
    fromMicros = state.readLong();
    toMicros = state.readLong();
    count = state.readInt();
    holdSeconds = state.readDouble();
    jumps = state.readDouble();
    regular = state.readDouble();
    periods = state.readDouble();
  }
}
