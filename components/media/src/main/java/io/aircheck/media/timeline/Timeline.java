package io.aircheck.media.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the timestamps of all tracks of an input continuous: a jump is taken out, missing media is
 * left as a hole. Times are microseconds of unwrapped decoding timestamps.
 *
 * <p>A jump opens an <em>epoch</em>: an offset that is added to timestamps from there on. The other
 * tracks follow into the same epoch when they make the same jump, so that sound and picture stay
 * exactly as far apart as they were, and the jump is told once.
 *
 * <p>Timestamps that step forward are a hole, not a jump, when another track went on through the
 * stretch (one track was silent), when data was lost, or when that much time really passed.
 * Timestamps that step back are always a jump. Not thread-safe.
 */
public final class Timeline {
  /**
   * Steps forward up to this (plus two packets) are left as they are: dropped pictures and uneven
   * timestamps, which detectors see as the holes that they are.
   */
  static final long FORWARD_TOLERANCE_MICROS = 200_000;

  /** Steps back up to this are badly ordered packets. */
  static final long BACKWARD_TOLERANCE_MICROS = 100_000;

  /** How far the tracks may be cut off unevenly at a jump: the usual lead of pictures, 1 s. */
  static final long JOIN_TOLERANCE_MICROS = 1_000_000;

  /** Duration taken for packets that tell none, until the next one shows it. */
  private static final long LONGEST_PACKET_MICROS = 1_000_000;

  /** A step longer than this is a jump even where data was lost: the sender was another one. */
  static final long LONGEST_LOSS_MICROS = 60_000_000;

  /** Epochs that late tracks can still join. */
  private static final int EPOCHS_KEPT = 16;

  /** An offset and the jump that led to it; the first epoch has none. */
  private record Epoch(long number, long offsetMicros, @Nullable Jump jump) {}

  private static final class TrackState {
    private Epoch epoch;
    private long lastMicros;
    private long durationMicros;

    TrackState(Epoch epoch) {
      this.epoch = epoch;
    }

    /** Timestamp that would follow without any hole. */
    long expectedMicros() {
      return lastMicros + durationMicros;
    }

    long continuousMicros() {
      return expectedMicros() + epoch.offsetMicros();
    }
  }

  private final Map<Integer, TrackState> tracks = new HashMap<>();
  private final Deque<Epoch> epochs = new ArrayDeque<>();
  private final List<Jump> jumps = new ArrayList<>();

  /** A timeline that adds nothing until something jumps. */
  public Timeline() {
    epochs.add(new Epoch(0, 0, null));
  }

  /**
   * Takes a packet in.
   *
   * @param track any number that stands for the track
   * @param decodeMicros unwrapped decoding timestamp
   * @param presentMicros unwrapped presentation timestamp
   * @param durationMicros duration of the packet, 0 when unknown
   * @return microseconds to add to both timestamps
   */
  public long offsetMicros(
      int track, long decodeMicros, long presentMicros, long durationMicros, Evidence evidence) {
    TrackState state = tracks.get(track);
    if (state == null) {
      state = new TrackState(epochs.getLast());
      tracks.put(track, state);
    } else {
      long step = decodeMicros - state.expectedMicros();
      long packet = state.durationMicros > 0 ? state.durationMicros : LONGEST_PACKET_MICROS;
      if (step > FORWARD_TOLERANCE_MICROS + 2 * packet || step < -BACKWARD_TOLERANCE_MICROS) {
        resolve(track, state, decodeMicros, presentMicros, step, evidence);
      }
      if (durationMicros <= 0) {
        long sinceLast = decodeMicros - state.lastMicros;
        durationMicros =
            sinceLast > 0 && sinceLast <= LONGEST_PACKET_MICROS ? sinceLast : state.durationMicros;
      }
    }
    state.lastMicros = decodeMicros;
    state.durationMicros = Math.min(durationMicros, LONGEST_PACKET_MICROS);
    return state.epoch.offsetMicros();
  }

  /** Whether a packet of the track was taken in. */
  public boolean knows(int track) {
    return tracks.containsKey(track);
  }

  /**
   * What is added to the timestamps of a packet whose place in decoding order is not known: as to
   * the packet before it.
   */
  public long offsetMicros(int track) {
    TrackState state = tracks.get(track);
    return (state == null ? epochs.getLast() : state.epoch).offsetMicros();
  }

  private void resolve(
      int track,
      TrackState state,
      long decodeMicros,
      long presentMicros,
      long step,
      Evidence evidence) {
    Epoch joined = joinable(track, state, decodeMicros);
    if (joined != null) {
      state.epoch = joined;
      if (joined.jump() != null) {
        joined.jump().add(track);
      }
      return;
    }
    if (step > 0 && isHole(track, state, step, evidence)) {
      return;
    }
    long offset = state.epoch.offsetMicros() - step;
    Jump jump = new Jump(track, presentMicros + offset, step, offset, evidence.announced());
    Epoch opened = new Epoch(epochs.getLast().number() + 1, offset, jump);
    epochs.add(opened);
    if (epochs.size() > EPOCHS_KEPT) {
      epochs.removeFirst();
    }
    state.epoch = opened;
    jumps.add(jump);
  }

  /** The newest epoch after the track's own in which its timestamp makes sense. */
  private @Nullable Epoch joinable(int track, TrackState state, long decodeMicros) {
    long from = state.continuousMicros() - JOIN_TOLERANCE_MICROS;
    long to = Math.max(state.continuousMicros(), newest(track)) + JOIN_TOLERANCE_MICROS;
    Epoch found = null;
    for (Epoch epoch : epochs) {
      long time = decodeMicros + epoch.offsetMicros();
      if (epoch.number() > state.epoch.number() && time >= from && time <= to) {
        found = epoch;
      }
    }
    return found;
  }

  private boolean isHole(int track, TrackState state, long step, Evidence evidence) {
    return newest(track) >= state.continuousMicros() + step / 2
        || (step <= LONGEST_LOSS_MICROS && evidence.dataLost())
        || evidence.timePassed(step);
  }

  /** Newest continuous time of any other track. */
  private long newest(int exceptTrack) {
    long newest = Long.MIN_VALUE;
    for (Map.Entry<Integer, TrackState> entry : tracks.entrySet()) {
      if (entry.getKey() != exceptTrack) {
        newest = Math.max(newest, entry.getValue().continuousMicros());
      }
    }
    return newest;
  }

  /** Jumps that were found since the last call, in order. */
  public List<Jump> takeJumps() {
    List<Jump> taken = List.copyOf(jumps);
    jumps.clear();
    return taken;
  }
}
