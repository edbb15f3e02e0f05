package io.aircheck.media.playlist;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each splice of a playlist once, a little before it is reached, or as soon as it is known
 * where it was announced late or the playlist was joined after it. Not thread-safe.
 */
final class CueTracker {
  /**
   * How long before its place a splice is told: what begins shortly before is to be seen in its
   * light. Not longer, because EXTINF is rounded and its errors add up.
   */
  private static final long LEAD_MICROS = 10_000_000;

  private final Set<String> told = new HashSet<>();
  private @Nullable MediaPlaylist version;
  private Deque<PlaylistCue> waiting = new ArrayDeque<>();

  /**
   * The splices to tell of when a segment is the next one.
   *
   * @param out takes a splice and how long after the start of the segment it is, microseconds
   */
  void reach(MediaPlaylist playlist, Segment next, ObjLongConsumer<PlaylistCue> out) {
    if (playlist != version) {
      take(playlist);
    }
    while (!waiting.isEmpty()) {
      PlaylistCue cue = waiting.peek();
      long ahead = playlist.microsBetween(next.sequence(), cue.sequence()) + cue.offsetMicros();
      if (ahead >= next.durationMicros() + LEAD_MICROS) {
        return;
      }
      waiting.remove();
      told.add(cue.key());
      out.accept(cue, ahead);
    }
  }

  private void take(MediaPlaylist playlist) {
    version = playlist;
    List<PlaylistCue> added = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (PlaylistCue cue : playlist.cues()) {
      if (listed.add(cue.key()) && !told.contains(cue.key())) {
        added.add(cue);
      }
    }
    added.sort(
        Comparator.comparingLong(PlaylistCue::sequence)
            .thenComparingLong(PlaylistCue::offsetMicros));
    waiting = new ArrayDeque<>(added);
    // What left the playlist does not come back.
    told.retainAll(listed);
  }
}
