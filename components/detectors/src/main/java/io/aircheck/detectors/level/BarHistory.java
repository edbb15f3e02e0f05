package io.aircheck.detectors.level;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is normal of the bars along one direction, at the top and bottom or at the sides, and
 * whether they are otherwise now. The directions are judged by themselves: content with pillars of
 * its own that begins while the whole picture is squeezed between bars at the top and bottom makes
 * the pillars normal, and not the squeeze.
 */
final class BarHistory {
  /** Bars as wide as this many cells less or more are the same: edges fall within cells. */
  private static final int SAME = 1;

  /** Far from any number of cells. */
  private static final int UNSEEN = -100;

  private final long establishMicros;
  private final long acceptAfterMicros;

  // What is normal, and what was seen last and since when, in pictures that tell.
  private boolean established;
  private boolean deviates;
  private int normal;
  private int seen = UNSEEN;
  private long seenSinceMicros;

  // What every picture shows, also those that are too dark to tell by themselves.
  private int last = UNSEEN;
  private long lastSinceMicros;

  /**
   * @param establishMicros how long bars must last at first to be normal
   * @param acceptAfterMicros how long changed bars last until they are normal
   */
  BarHistory(long establishMicros, long acceptAfterMicros) {
    this.establishMicros = establishMicros;
    this.acceptAfterMicros = acceptAfterMicros;
  }

  /** Whether bars are as in the picture before, in cells on each side. */
  boolean sameAsLast(int bars) {
    return same(last, bars);
  }

  /** Bars of the picture before, in cells on each side. */
  int last() {
    return last;
  }

  /** Bars that were seen last in a picture that tells, in cells on each side. */
  int seen() {
    return seen;
  }

  /** Bars that are normal, in cells on each side. */
  int normal() {
    return normal;
  }

  /** Whether only the bars have changed since they were normal. */
  boolean deviates() {
    return deviates;
  }

  /**
   * Sees the bars of a picture that tells what they are.
   *
   * @param bars cells on each side
   * @param onlyBars whether the picture differs from the one before in its bars only
   * @return whether changed bars have just become normal by lasting
   */
  boolean see(int bars, boolean onlyBars, long nowMicros) {
    if (!same(seen, bars)) {
      if (established && !same(normal, bars)) {
        deviates = onlyBars;
        normal = deviates ? normal : bars;
      } else if (!deviates && onlyBars && lastedBefore(nowMicros) && !same(last, bars)) {
        // Content that was too dark beside the bars to tell by itself: the change tells.
        established = true;
        deviates = true;
        normal = last;
      }
      seen = bars;
      seenSinceMicros = nowMicros;
    }
    boolean accepted = false;
    if (nowMicros - seenSinceMicros >= (established ? acceptAfterMicros : establishMicros)) {
      accepted = deviates;
      normal = seen;
      established = true;
    }
    deviates &= !same(normal, bars);
    return accepted;
  }

  /** Remembers the bars of a picture, whether it tells what they are or not. */
  void remember(int bars, long nowMicros) {
    if (!same(last, bars)) {
      lastSinceMicros = nowMicros;
    }
    last = bars;
  }

  /** Forgets everything. */
  void forget() {
    established = false;
    deviates = false;
    seen = UNSEEN;
    last = UNSEEN;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(established);
    state.writeBoolean(deviates);
    state.writeInt(normal);
    state.writeInt(seen);
    state.writeLong(seenSinceMicros);
    state.writeInt(last);
    state.writeLong(lastSinceMicros);
  }

  void restore(DataInput state) throws IOException {
    established = state.readBoolean();
    deviates = state.readBoolean();
    normal = state.readInt();
    seen = state.readInt();
    seenSinceMicros = state.readLong();
    last = state.readInt();
    lastSinceMicros = state.readLong();
  }

  private boolean lastedBefore(long nowMicros) {
    return last != UNSEEN && nowMicros - lastSinceMicros >= establishMicros;
  }

  private static boolean same(int one, int other) {
    return Math.abs(one - other) <= SAME;
  }
}
