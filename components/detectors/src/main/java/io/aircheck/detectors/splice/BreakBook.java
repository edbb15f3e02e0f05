package io.aircheck.detectors.splice;

import io.aircheck.core.media.SpliceSignal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which breaks are going on at a media time. Breaks nest (a placement opportunity holds
 * advertisements) and are told twice (in the transport stream and in the playlist), so that there
 * may be several at once.
 */
final class BreakBook {
  /** More than a stream can mean; what goes beyond is hostile and left out. */
  private static final int MOST = 256;

  /** Signals whose time has not come, in order of time. */
  private final List<SpliceSignal> ahead = new ArrayList<>();

  private final List<OpenBreak> open = new ArrayList<>();

  /** A signal of type OUT or IN, for any time. */
  void add(SpliceSignal signal) {
    if (!ahead.contains(signal) && ahead.size() < MOST) {
      int at = ahead.size();
      while (at > 0 && ahead.get(at - 1).ptsMicros() > signal.ptsMicros()) {
        at--;
      }
      ahead.add(at, signal);
    }
  }

  /**
   * A signal of type CANCEL.
   *
   * @return what will not happen because of it
   */
  List<SpliceSignal> cancel(SpliceSignal signal) {
    List<SpliceSignal> cancelled =
        ahead.stream().filter(other -> concerns(signal, other.means(), other.eventId())).toList();
    ahead.removeAll(cancelled);
    open.removeIf(begun -> concerns(signal, begun.means(), begun.eventId()));
    return cancelled;
  }

  /** A segmentation is cancelled by its id, without its type. */
  private static boolean concerns(SpliceSignal cancel, String means, String eventId) {
    return eventId.equals(cancel.eventId()) && means.startsWith(cancel.means());
  }

  /** Media time has come as far. */
  void passed(long micros) {
    while (!ahead.isEmpty() && ahead.getFirst().ptsMicros() <= micros) {
      SpliceSignal signal = ahead.removeFirst();
      returnBy(signal.ptsMicros());
      if (signal.type() == SpliceSignal.Type.OUT) {
        out(signal);
      } else {
        in(signal);
      }
    }
    returnBy(micros);
  }

  private void out(SpliceSignal signal) {
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).isRepeatedBy(signal)) {
        open.set(i, open.get(i).knowing(signal.durationMicros()));
        return;
      }
    }
    // A further break under the name of one that nothing ended: that one is over all the same.
    open.removeIf(begun -> begun.is(signal));
    if (open.size() < MOST) {
      open.add(OpenBreak.of(signal));
    }
  }

  /** The return ends its own break; one that fits none ends all that were told by its means. */
  private void in(SpliceSignal signal) {
    if (!open.removeIf(begun -> begun.is(signal))) {
      open.removeIf(begun -> begun.means().equals(signal.means()));
    }
  }

  private void returnBy(long micros) {
    open.removeIf(
        begun -> begun.returnsByItself() && begun.plannedEndMicros(Long.MAX_VALUE / 2) <= micros);
  }

  /** Forgets what began: the input was lost, and the return may have been with it. */
  void forgetBegun() {
    open.clear();
  }

  /** Media time at which the programme was left, while it is. */
  OptionalLong outSince() {
    return open.stream().mapToLong(OpenBreak::startMicros).min();
  }

  /** The first of the breaks that ought to be over, or of all while none is. */
  OpenBreak firstToEnd(long maxMicros) {
    return open.stream()
        .min(Comparator.comparingLong(begun -> begun.plannedEndMicros(maxMicros)))
        .orElseThrow();
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(open.size());
    for (OpenBreak begun : open) {
      begun.snapshot(state);
    }
    state.writeInt(ahead.size());
    for (SpliceSignal signal : ahead) {
      state.writeByte(signal.type().ordinal());
      state.writeUTF(signal.detail());
      OpenBreak.of(signal).snapshot(state);
    }
  }

  void restore(DataInput state) throws IOException {
    open.clear();
    for (int count = state.readInt(); count > 0; count--) {
      open.add(OpenBreak.restored(state));
    }
    ahead.clear();
    for (int count = state.readInt(); count > 0; count--) {
      SpliceSignal.Type type = SpliceSignal.Type.values()[state.readByte()];
      String detail = state.readUTF();
      OpenBreak told = OpenBreak.restored(state);
      ahead.add(
          new SpliceSignal(
              type,
              told.means(),
              told.eventId(),
              told.startMicros(),
              told.durationMicros(),
              told.returnsByItself(),
              detail));
    }
  }
}
