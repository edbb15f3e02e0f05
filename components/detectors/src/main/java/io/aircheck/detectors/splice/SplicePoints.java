package io.aircheck.detectors.splice;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.TreeSet;

/** Media times at which the programme is left or comes back, and the windows around them. */
final class SplicePoints {
  /** The latest are kept: enough for every break of an hour told twice. */
  private static final int MOST = 512;

  private final long beforeMicros;
  private final long afterMicros;
  private final TreeSet<Long> points = new TreeSet<>();

  SplicePoints(long beforeMicros, long afterMicros) {
    this.beforeMicros = beforeMicros;
    this.afterMicros = afterMicros;
  }

  void add(long micros) {
    points.add(micros);
    if (points.size() > MOST) {
      points.pollFirst();
    }
  }

  void remove(long micros) {
    points.remove(micros);
  }

  /**
   * Up to when something is within windows without a break.
   *
   * @param fromMicros where it begins
   * @return {@link Long#MIN_VALUE} when it does not begin in a window
   */
  long coveredFrom(long fromMicros) {
    if (beforeMicros + afterMicros == 0) {
      return Long.MIN_VALUE;
    }
    long until = Long.MIN_VALUE;
    for (long point : points.tailSet(fromMicros - afterMicros)) {
      long reached = until == Long.MIN_VALUE ? fromMicros : until;
      if (point - beforeMicros > reached) {
        break;
      }
      until = point + afterMicros;
    }
    return until;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(points.size());
    for (long point : points) {
      state.writeLong(point);
    }
  }

  void restore(DataInput state) throws IOException {
    points.clear();
    for (int count = state.readInt(); count > 0; count--) {
      points.add(state.readLong());
    }
  }
}
