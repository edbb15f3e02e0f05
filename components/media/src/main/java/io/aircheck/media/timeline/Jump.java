package io.aircheck.media.timeline;

import java.util.HashSet;
import java.util.Set;

/** Timestamps that did not continue where they left off. */
public final class Jump {
  private final int track;
  private final long atMicros;
  private final long jumpMicros;
  private final long offsetMicros;
  private final boolean announced;
  private final Set<Integer> tracks = new HashSet<>();

  Jump(int track, long atMicros, long jumpMicros, long offsetMicros, boolean announced) {
    this.track = track;
    this.atMicros = atMicros;
    this.jumpMicros = jumpMicros;
    this.offsetMicros = offsetMicros;
    this.announced = announced;
    tracks.add(track);
  }

  /** The track that jumped first. */
  public int track() {
    return track;
  }

  /** Continuous time of the first packet after it, in microseconds. */
  public long atMicros() {
    return atMicros;
  }

  /** How far the timestamps jumped against what was expected; negative: back. */
  public long jumpMicros() {
    return jumpMicros;
  }

  /** What is added to timestamps from here on to make them continuous, in microseconds. */
  public long offsetMicros() {
    return offsetMicros;
  }

  /** Whether the input announced it. */
  public boolean announced() {
    return announced;
  }

  /** Whether a track has made this jump by now. */
  public boolean includes(int otherTrack) {
    return tracks.contains(otherTrack);
  }

  void add(int otherTrack) {
    tracks.add(otherTrack);
  }
}
