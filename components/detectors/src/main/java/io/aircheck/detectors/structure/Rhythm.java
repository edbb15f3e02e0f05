package io.aircheck.detectors.structure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Holds that come at a fixed interval, which began within a shot that moved at full rate.
 *
 * <p>Machines repeat pictures with such a regularity, scenes do not pause so. It is evidence where
 * the size of steps is none: in shaky or fast motion. A rhythm that a shot has from its beginning
 * is the content's own, pulldown for instance; one that began before a cut goes on across it.
 */
final class Rhythm {
  /** Holds at equal intervals that make a rhythm. */
  private static final int MIN_HOLDS = 5;

  /** Longest interval in periods, unless a hold takes all of it: rate conversion has longer. */
  private static final double MAX_INTERVAL_PERIODS = 8.5;

  private static final long MAX_INTERVAL_MICROS = 550_000;

  /** Pictures at full rate before the first hold: less may be a part of the content's rhythm. */
  private static final int MIN_SMOOTH = 12;

  /** The same in intervals, where a single picture is repeated as pulldown does. */
  private static final double MIN_SMOOTH_INTERVALS = 2.5;

  private static final double LONG_PERIODS = 2.5;

  private final LateRun holds = new LateRun();
  private int smooth;
  private int smoothBefore;
  private long lastMicros;
  private long intervalMicros;
  private boolean established;

  /** Takes in a new picture at its usual time. */
  void regular() {
    smooth++;
  }

  /** Takes in a new picture after a hold of which nothing is to be said. */
  void irregular() {
    smooth = 0;
  }

  /** Forgets all. */
  void clear() {
    smooth = 0;
    end();
  }

  /**
   * Takes in a picture that came after a hold that is too long.
   *
   * @param mayBegin whether a rhythm may begin with it; otherwise it only goes on
   */
  void held(long atMicros, long holdMicros, double jump, long periodMicros, boolean mayBegin) {
    long period = Math.max(1, periodMicros);
    long interval = atMicros - lastMicros;
    if (holds.count() > 0 && fits(interval, holdMicros, period)) {
      intervalMicros = interval;
    } else {
      end();
      if (!mayBegin) {
        smooth = 0;
        return;
      }
      smoothBefore = smooth;
      intervalMicros = holdMicros;
    }
    smooth = 0;
    lastMicros = atMicros;
    int regular = (int) Math.round((double) (intervalMicros - holdMicros) / period);
    holds.add(atMicros, holdMicros, period, jump, regular, MAX_INTERVAL_MICROS);
    established |= holds.count() >= MIN_HOLDS && beganWithin(period);
  }

  /** Whether the last hold belongs to a rhythm that is a defect. */
  boolean isEstablished() {
    return established;
  }

  /** The holds of the rhythm. */
  LateRun holds() {
    return holds;
  }

  private boolean fits(long interval, long holdMicros, long period) {
    boolean near =
        interval <= MAX_INTERVAL_PERIODS * period || Math.abs(interval - holdMicros) < period / 2;
    return near
        && interval <= MAX_INTERVAL_MICROS
        && (holds.count() == 1 || Math.abs(interval - intervalMicros) < period / 2);
  }

  private boolean beganWithin(long period) {
    return smoothBefore >= MIN_SMOOTH
        && (holds.meanPeriods() >= LONG_PERIODS
            || smoothBefore * period >= MIN_SMOOTH_INTERVALS * intervalMicros);
  }

  private void end() {
    holds.clear();
    established = false;
  }

  void snapshot(DataOutput state) throws IOException {
    holds.snapshot(state);
    state.writeInt(smooth);
    state.writeInt(smoothBefore);
    state.writeLong(lastMicros);
    state.writeLong(intervalMicros);
    state.writeBoolean(established);
  }

  void restore(DataInput state) throws IOException {
    holds.restore(state);
    smooth = state.readInt();
    smoothBefore = state.readInt();
    lastMicros = state.readLong();
    intervalMicros = state.readLong();
    established = state.readBoolean();
  }
}
